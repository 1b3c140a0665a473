package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
)

// A crypt decrypts what a file encrypts for everyone: with an empty password, as files do whose makers only ask that
// they be not changed (7.6). nil decrypts nothing.
type crypt struct {
	key     []byte
	strs    method // of strings
	streams method
}

// A method is how something is encrypted.
type method int

const (
	none   method = iota
	useRC4        // with a key made for each object
	useAES        // likewise
	aes256        // with the file's key
)

// decrypt finds the file's key. It fails with [ErrEncrypted] when an empty password does not open it.
func (f *file) decrypt() error {
	e := f.dict(f.trailer["Encrypt"])
	if e == nil {
		if f.trailer["Encrypt"] != nil {
			return ErrEncrypted
		}
		return nil
	}
	if f.name(e["Filter"]) != "Standard" {
		return ErrEncrypted
	}
	c := &crypt{}
	version, revision := whole(f.resolve(e["V"])), whole(f.resolve(e["R"]))
	switch version {
	case 1, 2:
		c.strs, c.streams = useRC4, useRC4
	case 4, 5:
		c.strs, c.streams = f.method(e, "StrF"), f.method(e, "StmF")
	default:
		return ErrEncrypted
	}
	length := whole(f.resolve(e["Length"])) / 8
	if length < 5 || length > 16 {
		length = 5
	}
	if version == 4 {
		length = 16
	}
	if revision >= 5 {
		c.key = key256(f.string(e["U"]), f.string(e["UE"]), revision)
	} else {
		c.key = f.key128(e, revision, length)
	}
	if c.key == nil {
		return ErrEncrypted
	}
	f.crypt = c
	f.forget()
	if f.rebuilt {
		f.rebuildContainers()
	}
	return nil
}

// method reads the method that a name of the encryption dictionary stands for.
func (f *file) method(e dict, key name) method {
	filter := f.dict(f.dict(e["CF"])[f.name(e[key])])
	switch f.name(filter["CFM"]) {
	case "V2":
		return useRC4
	case "AESV2":
		return useAES
	case "AESV3":
		return aes256
	}
	return none
}

// padding stands for the password that is not there (7.6.3.3, algorithm 2).
var padding = []byte("\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08" +
	"\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a")

// key128 makes the file's key (7.6.3.3, algorithms 2 and 6), nil when an empty password is not the user's.
func (f *file) key128(e dict, revision, length int) []byte {
	owner, user := f.string(e["O"]), f.string(e["U"])
	if len(owner) < 32 || len(user) < 16 {
		return nil
	}
	var id string
	if ids := f.array(f.trailer["ID"]); len(ids) > 0 {
		id = f.string(ids[0])
	}
	h := md5.New()
	h.Write(padding)
	h.Write([]byte(owner[:32]))
	_ = binary.Write(h, binary.LittleEndian, uint32(whole(f.resolve(e["P"])))) // a hash takes everything
	h.Write([]byte(id))
	if metadata, ok := f.resolve(e["EncryptMetadata"]).(bool); ok && !metadata && revision >= 4 {
		h.Write([]byte{0xff, 0xff, 0xff, 0xff})
	}
	key := h.Sum(nil)
	if revision == 2 {
		length = 5
	} else {
		for range 50 {
			sum := md5.Sum(key[:length])
			key = sum[:]
		}
	}
	key = key[:length]
	if !opens(key, id, user, revision) {
		return nil
	}
	return key
}

// opens reports whether a key is the file's (algorithms 4 and 5).
func opens(key []byte, id, user string, revision int) bool {
	if revision == 2 {
		return len(user) >= 32 && bytes.Equal(rc4ed(key, padding), []byte(user[:32]))
	}
	sum := md5.Sum(append(bytes.Clone(padding), id...))
	check := sum[:]
	for i := range 20 {
		turned := bytes.Clone(key)
		for j := range turned {
			turned[j] ^= byte(i)
		}
		check = rc4ed(turned, check)
	}
	return bytes.Equal(check, []byte(user[:16]))
}

func rc4ed(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return nil
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

// strings decrypts the strings of an object, in place where they are within it.
func (c *crypt) strings(o object, self ref) object {
	if c == nil || c.strs == none {
		return o
	}
	switch o := o.(type) {
	case string:
		return string(c.open([]byte(o), c.strs, self))
	case array:
		for i := range o {
			o[i] = c.strings(o[i], self)
		}
	case dict:
		for key := range o {
			o[key] = c.strings(o[key], self)
		}
	}
	return o
}

// stream returns a stream's bytes, decrypted.
func (c *crypt) stream(s *stream) []byte {
	if c == nil || c.streams == none || s.dict["Type"] == name("XRef") {
		return bytes.Clone(s.raw)
	}
	return c.open(s.raw, c.streams, s.self)
}

// open decrypts data (7.6.2, algorithm 1).
func (c *crypt) open(data []byte, by method, self ref) []byte {
	key := c.key
	if by != aes256 {
		key = c.objectKey(by, self)
	}
	if by == useRC4 {
		return rc4ed(key, data)
	}
	if len(data) < 2*aes.BlockSize {
		return nil
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil
	}
	out := make([]byte, (len(data)/aes.BlockSize-1)*aes.BlockSize)
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(out, data[aes.BlockSize:aes.BlockSize+len(out)])
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= aes.BlockSize {
		out = out[:len(out)-pad]
	}
	return out
}

func (c *crypt) objectKey(by method, self ref) []byte {
	n, g := self.number, self.generation
	seed := append(bytes.Clone(c.key), byte(n), byte(n>>8), byte(n>>16), byte(g), byte(g>>8))
	if by == useAES {
		seed = append(seed, "sAlT"...)
	}
	sum := md5.Sum(seed)
	return sum[:min(len(c.key)+5, len(sum))]
}
