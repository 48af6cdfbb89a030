// Package x11 is the ground that the sensors for X11 share: connecting to the
// desktop's X server, or saying why there is none to connect to, and the few
// questions that more than one of them asks.
//
// It is on top of github.com/jezek/xgb, with one rule: nobody calls the Init
// function of an extension package (xfixes.Init, randr.Init and so on). Those
// write into maps of the library that every open connection reads without a
// lock. Use Conn.Extension, which does not, and take the extension's events as
// Raw.
package x11
