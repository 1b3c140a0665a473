package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/sha512"
)

// key256 returns the key of a file that is encrypted by AES-256 (ISO 32000-2, 7.6.4.3.3, algorithm 2.A), nil when an
// empty password is not the user's.
func key256(user, packed string, revision int) []byte {
	if len(user) < 48 || len(packed) < 32 {
		return nil
	}
	hash := hash2B
	if revision == 5 {
		hash = func(salt []byte) []byte { sum := sha256.Sum256(salt); return sum[:] }
	}
	if !bytes.Equal(hash([]byte(user[32:40])), []byte(user[:32])) {
		return nil
	}
	block, err := aes.NewCipher(hash([]byte(user[40:48])))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, []byte(packed[:32]))
	return key
}

// hash2B is the hash of an empty password and a salt (ISO 32000-2, 7.6.4.3.4, algorithm 2.B).
func hash2B(salt []byte) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	for round := 0; ; round++ {
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := bytes.Repeat(k, 64)
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		rest := 0
		for _, c := range e[:16] {
			rest += int(c)
		}
		switch rest % 3 {
		case 0:
			sum := sha256.Sum256(e)
			k = sum[:]
		case 1:
			sum := sha512.Sum384(e)
			k = sum[:]
		default:
			sum := sha512.Sum512(e)
			k = sum[:]
		}
		if round >= 63 && int(e[len(e)-1]) <= round-31 {
			return k[:32]
		}
	}
}
