package detect

// How a random string is told from words and identifiers, without a model or
// entropy (which takes "getAccessToken" for random): by how many neighbouring
// letters are pairs that words seldom have. betterleaks' measurements on
// CredData put this kind of score well before entropy (F1 0.87 against 0.72).

// commonPairs are the letter pairs that make up about nine tenths of English
// text and of identifiers.
const commonPairs = "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur " +
	"ri io ic ne me ro co li el la ma us ce ho ch ta di om ge ec il ac ll no wi wh we tr ee ss ut be lo un ol os em ot ai so ns sh im ow " +
	"mo su ul wa id ca ke ly op ir pr po pe ct ad ie fo ts ay ev ab ni pa ck ns cl ag ga mp ty ef if ff tt uc ue ry rt rs rm rl rd rc oo " +
	"pl pi sp sc ex vi va vo up um ud ub ui ug tu tw ty sk sl sm sn sw gr gh go gi fa fe fi fr fu fl ey ew ep ei eo eg ds do dr du da by " +
	"bu br bo bl bi ba au av aw ak am ap ke ki kn ks lf lk lt lu lv mb mi mu my nc nk nn nu oc od oa oi ok ov ob og ph pp pu qu rg rk rn " +
	"rr ru rv tl ye ys yo ws wo wr ja je jo ju ze zi ap am ip ht tp ps sy ms sq ql js xt ib az pt bs cs cy dd dy eb ek eq " +
	"fy ft gn gs gu iv iz ik iy kl nf ng nl nv ny nz oe oy rb rf rp rw ua uf uk uo uv wn xa xe xi xp ya yp ym yn yl za zo vs vr"

var common = func() (t [26]uint32) {
	for i := 0; i+1 < len(commonPairs); i += 3 {
		t[commonPairs[i]-'a'] |= 1 << (commonPairs[i+1] - 'a')
	}
	return t
}()

// look is what one reading of a value tells.
type look struct {
	lower, upper, digit, other int
	hex                        int // of the above
	surprises                  int // neighbours that words seldom have
}

func (l look) classes() (n int) {
	for _, c := range [...]int{l.lower, l.upper, l.digit, l.other} {
		if c > 0 {
			n++
		}
	}
	return n
}

func lookAt(v []byte) (l look) {
	for i, c := range v {
		k := class[c]
		switch {
		case k&isLower != 0:
			l.lower++
		case k&isUpper != 0:
			l.upper++
		case k&isDigit != 0:
			l.digit++
		default:
			l.other++
		}
		if k&isHex != 0 {
			l.hex++
		}
		if i == 0 {
			continue
		}
		p := class[v[i-1]]
		switch {
		case p&isAlpha != 0 && k&isAlpha != 0:
			hump := p&isLower != 0 && k&isUpper != 0 && i >= 2 && class[v[i-2]]&isLower != 0 // of a camelCase name
			if !hump && common[lower(v[i-1])-'a']&(1<<(lower(c)-'a')) == 0 {
				l.surprises++
			}
		case p&isAlnum != 0 && k&isAlnum != 0 && (p^k)&isDigit != 0:
			l.surprises++ // a letter beside a digit
		}
	}
	return l
}

// rare reports whether a token-like value was drawn by chance.
func rare(v []byte, l look) bool {
	n := len(v)
	switch {
	case n < 8, n > 2 && v[0] == '0' && v[1] == 'x':
		return false // a number in hex: an address or a colour
	case l.hex == n && n >= 32 && l.digit < n:
		return true
	case l.digit == n:
		return n >= 24
	case l.digit == 0 && l.classes() < 3:
		return n >= 16 && l.surprises*10 >= n*4
	default:
		return l.surprises >= 3 && l.surprises*10 >= n*3
	}
}

// chosen reports whether a value looks like a password that somebody chose:
// letters with digits or signs, not a word, name or expression.
func chosen(v []byte, l look) bool {
	n := len(v)
	switch {
	case n < 6 || n > 64 || l.digit == 0 || l.lower+l.upper == 0 || v[0] == '0' && v[1] == 'x':
		return false
	case l.classes() >= 3:
		return n >= 7
	default:
		return n >= 8 && l.surprises >= 3
	}
}

// isUUID reports the 8-4-4-4-12 form: an id far more often than a secret.
func isUUID(v []byte) bool {
	if len(v) != 36 {
		return false
	}
	for i, c := range v {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (c == '-') || !dash && class[c]&isHex == 0 {
			return false
		}
	}
	return true
}
