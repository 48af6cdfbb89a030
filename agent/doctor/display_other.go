//go:build !linux

package doctor

const displayless = false
