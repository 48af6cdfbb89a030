// Made from detect/catalog/accounts.yaml, which says what it means. Do not edit:
// go test ./detect/catalog -run Resolvers -update
/* exported accountData */
var accountData = {
 "everywhere": [
  "article",
  "[contenteditable]",
  "textarea",
  "[role=log]",
  "[data-message-author-role]"
 ],
 "personal_domains": [
  "gmail.com",
  "googlemail.com",
  "outlook.com",
  "outlook.de",
  "outlook.fr",
  "hotmail.com",
  "hotmail.co.uk",
  "hotmail.de",
  "hotmail.fr",
  "live.com",
  "live.co.uk",
  "live.de",
  "live.fr",
  "live.nl",
  "msn.com",
  "icloud.com",
  "me.com",
  "mac.com",
  "yahoo.com",
  "yahoo.co.uk",
  "yahoo.co.jp",
  "yahoo.de",
  "yahoo.fr",
  "ymail.com",
  "aol.com",
  "gmx.de",
  "gmx.net",
  "gmx.at",
  "gmx.ch",
  "gmx.com",
  "web.de",
  "t-online.de",
  "freenet.de",
  "proton.me",
  "protonmail.com",
  "pm.me",
  "tutanota.com",
  "tuta.com",
  "posteo.de",
  "mailbox.org",
  "fastmail.com",
  "hey.com",
  "orange.fr",
  "free.fr",
  "laposte.net",
  "libero.it",
  "virgilio.it",
  "wp.pl",
  "o2.pl",
  "seznam.cz",
  "mail.com",
  "mail.ru",
  "yandex.ru",
  "yandex.com",
  "qq.com",
  "163.com",
  "126.com",
  "naver.com",
  "daum.net",
  "uol.com.br"
 ],
 "resolvers": [
  {
   "id": "chatgpt",
   "conversation": [
    "[data-testid^=conversation-turn]",
    "#prompt-textarea"
   ],
   "signs": [
    {
     "says": "none",
     "at": "[data-testid=login-button]"
    },
    {
     "says": "none",
     "path": "auth"
    },
    {
     "says": "personal",
     "at": "[data-testid=accounts-profile-button]",
     "is": [
      "Free",
      "Go",
      "Plus",
      "Pro"
     ]
    },
    {
     "says": "work",
     "at": "[data-testid=accounts-profile-button]",
     "is": [
      "Business",
      "Team",
      "Enterprise",
      "Edu"
     ]
    },
    {
     "tenant": "name",
     "at": "[data-testid=accounts-profile-button]"
    }
   ]
  },
  {
   "id": "claude",
   "conversation": [
    "[data-testid=user-message]",
    ".font-claude-message",
    ".font-claude-response",
    "[data-test-render-count]"
   ],
   "signs": [
    {
     "says": "none",
     "path": "login"
    },
    {
     "says": "personal",
     "at": "[data-testid=user-menu-button]",
     "is": [
      "Free plan",
      "Pro plan",
      "Max plan"
     ]
    },
    {
     "says": "work",
     "at": "[data-testid=user-menu-button]",
     "is": [
      "Team plan",
      "Enterprise plan"
     ]
    },
    {
     "tenant": "name",
     "at": "[data-testid=user-menu-button]"
    }
   ]
  },
  {
   "id": "gemini",
   "conversation": [
    "user-query",
    "model-response",
    "message-content",
    "immersive-panel"
   ],
   "signs": [
    {
     "says": "none",
     "at": "a[href^='https://accounts.google.com/ServiceLogin']"
    },
    {
     "tenant": "domain",
     "at": "a[href^='https://accounts.google.com/SignOutOptions']",
     "attribute": "aria-label"
    }
   ]
  },
  {
   "id": "m365-copilot",
   "conversation": [
    "[data-testid=chatOutput]",
    "[data-testid=chatQuestion]"
   ],
   "signs": [
    {
     "says": "work",
     "query": "auth=2"
    },
    {
     "says": "personal",
     "query": "auth=1"
    },
    {
     "tenant": "domain",
     "at": "#mectrl_currentAccount_secondary"
    }
   ]
  },
  {
   "id": "copilot",
   "signs": [
    {
     "says": "personal",
     "host": "copilot.microsoft.com"
    },
    {
     "says": "personal",
     "host": "copilot.com"
    }
   ]
  }
 ]
};
