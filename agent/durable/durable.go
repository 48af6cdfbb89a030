// Package durable changes small files so that what it has acknowledged is
// still there after a crash or a power cut, and so that two processes do not
// write at the same time. It knows nothing about what is in the files.
//
//	unlock, err := durable.Lock(path + ".lock")
//	...
//	defer unlock()
//	err = durable.Append(path, line, 0o600)
package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Append writes b at the end of the file and returns when it is on the disk.
// A missing file is created with the given permissions. When it fails, on a
// full disk for one, nothing of b stays in the file.
func Append(path string, b []byte, perm fs.FileMode) (err error) {
	_, statErr := os.Lstat(path)
	created := errors.Is(statErr, fs.ErrNotExist)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, perm)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", path)
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		// The space that a part of b took is given back before anybody reads.
		if back := errors.Join(f.Truncate(info.Size()), f.Sync()); back != nil {
			err = fmt.Errorf("%w; taking the unfinished part back: %w", err, back)
		}
		return err
	}
	if created {
		return syncDir(filepath.Dir(path))
	}
	return nil
}

// Replace puts b in place of the file's content, whole or not at all, and
// returns when it is on the disk.
func Replace(path string, b []byte, perm fs.FileMode) (err error) {
	tmp := path + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	if err := os.Rename(tmp, path); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	return syncDir(filepath.Dir(path))
}

// Truncate cuts the file to size bytes and returns when that is on the disk.
func Truncate(path string, size int64) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return errors.Join(f.Truncate(size), f.Sync())
}

// Remove deletes the file and returns when that is on the disk. A file that is
// not there is no error.
func Remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// Rename gives a file another name in the same folder, in place of a file that
// has it, and returns when that is on the disk.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

// SetAside makes room for a new file where one is damaged: that is kept beside it
// as path.damaged. said is why, and that; moved is false where it could not be
// done: then a new file would be written over the damaged one.
func SetAside(path string, why error) (said error, moved bool) {
	if err := Rename(path, path+".damaged"); err != nil {
		return fmt.Errorf("%w; it could not be set aside: %w", why, err), false
	}
	return fmt.Errorf("%w; it is set aside as %s.damaged and begins anew", why, path), true
}

// PrivateDir makes a folder that only this account can open, and its parents
// where they are missing. An existing folder that others can open is closed.
func PrivateDir(dir string) error {
	if err := makeDirs(dir); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return os.Chmod(dir, 0o700)
	}
	return nil
}

// makeDirs is os.MkdirAll for folders that survive a power cut.
func makeDirs(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := makeDirs(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(parent)
}

// Lock waits until nobody else holds the lock file and takes it. The returned
// function gives it back; so does the end of the process, however it ends. The
// file stays: removing it would let two processes hold different files.
func Lock(path string, perm fs.FileMode) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, perm)
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	return func() { f.Close() }, nil // closing gives the lock back
}
