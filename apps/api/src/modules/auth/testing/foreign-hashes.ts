const phrase = 'a passphrase of elsewhere'

/** Hashes other programs made (libxcrypt, OpenSSL by way of Python, passlib's documentation, argon2's own tests), and the passwords they are of. */
export const foreignHashes: readonly [scheme: string, hash: string, password: string][] = [
  ['bcrypt 2b', '$2b$06$N9qo8uLOickgx2ZMRZoMyeXQoAhOn1GkKXtBk.iLGl4N7qxH1yXX6', phrase],
  ['bcrypt 2y', '$2y$05$N9qo8uLOickgx2ZMRZoMyeHY9jypsjpIwIqlH9jopSbkw1k7htVcG', phrase],
  ['argon2id', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', 'password'],
  ['scrypt', '$scrypt$ln=14,r=8,p=1$c2l4dGVlbiBieXRlcyBvaw$GL+PzJe2p1sekpU78kn0hya/86uCNNtxPHx4/QXoe2Y', phrase],
  ['scrypt of passlib', '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E', 'password'],
  [
    'PBKDF2 with SHA-256 of passlib',
    '$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44',
    'password',
  ],
  [
    'PBKDF2 with SHA-512 in PHC form',
    '$pbkdf2-sha512$i=20000$c2l4dGVlbvv//nMgb2theQ$9xVBkU4r7mPIGFVQaFzzTkD40raqa8ySAZW3kaaJ1TaL1NjxSG47NWIByQ2LqDsKDgCKLvpplUa8mSeS98xUdw',
    phrase,
  ],
  ['PBKDF2 with SHA-1', '$pbkdf2$20000$c2l4dGVlbiBieXRlcyBvaw$aUDMqoPbrX7w1L9Jo7rUNqTMn94', phrase],
]
