package browser

import (
	"encoding/binary"
	"fmt"
)

// crx puts the header of a CRX3 file before a zip. The header is a protobuf
// message, components/crx_file/crx3.proto in Chromium:
//
//	CrxFileHeader  {2: sha256_with_rsa AsymmetricKeyProof, 10000: signed_header_data bytes}
//	AsymmetricKeyProof {1: public_key, 2: signature}
//	SignedData     {1: crx_id}
//
// The signature covers the id and the zip. It is PKCS #1 v1.5, so that the same
// input gives the same bytes.
func crx(zip []byte, key Key) ([]byte, error) {
	signed := appendField(nil, 1, key.hash())
	message := []byte("CRX3 SignedData\x00")
	message = binary.LittleEndian.AppendUint32(message, uint32(len(signed)))
	message = append(message, signed...)
	message = append(message, zip...)
	signature, err := key.sign(message)
	if err != nil {
		return nil, fmt.Errorf("signing the extension: %w", err)
	}
	proof := appendField(appendField(nil, 1, key.public), 2, signature)
	header := appendField(appendField(nil, 2, proof), 10000, signed)

	out := []byte("Cr24")
	out = binary.LittleEndian.AppendUint32(out, 3)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(header)))
	out = append(out, header...)
	return append(out, zip...), nil
}

// appendField appends a protobuf field of bytes.
func appendField(b []byte, number uint64, value []byte) []byte {
	const wireBytes = 2
	b = binary.AppendUvarint(b, number<<3|wireBytes)
	b = binary.AppendUvarint(b, uint64(len(value)))
	return append(b, value...)
}
