using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Protocol.Tests.Devices;

public sealed class Ed25519Tests
{
    // RFC 8032 §7.1: secret key, public key, message, signature.
    public static TheoryData<string, string, string, string> Rfc8032 => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            // SHA(abc)
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void Sign_Rfc8032Vector_MatchesTheRfc(string seed, string publicKey, string message, string signature)
    {
        using var key = Ed25519PrivateKey.FromSeed(Convert.FromHexString(seed));

        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))));
    }

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void Verify_Rfc8032Vector_AcceptsItAndNothingNearIt(string seed, string publicKey, string message, string signature)
    {
        Assert.Equal(64, seed.Length);
        var key = Convert.FromHexString(publicKey);
        var text = Convert.FromHexString(message);
        var good = Convert.FromHexString(signature);

        Assert.True(Ed25519.Verify(key, text, good));
        Assert.False(Ed25519.Verify(key, [.. text, 0], good));
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(key, text, bad), "accepted with bit " + bit + " flipped");
        }
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    public void Verify_WrongSizes_AreFalse(int keySize, int signatureSize) =>
        Assert.False(Ed25519.Verify(new byte[keySize], [1], new byte[signatureSize]));

    [Fact]
    public void Verify_SignatureWithScalarBeyondTheGroupOrder_IsFalse()
    {
        // Adding the group order L to S keeps the curve equation true: the malleability that RFC 8032 §5.1.7 forbids.
        var order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        using var key = Ed25519PrivateKey.Generate();
        var signature = key.Sign([1, 2, 3]);
        Assert.True(Ed25519.Verify(key.PublicKey, [1, 2, 3], signature));
        var carry = 0;
        for (var i = 0; i < 32; i++)
        {
            var sum = signature[32 + i] + order[i] + carry;
            signature[32 + i] = (byte)sum;
            carry = sum >> 8;
        }

        Assert.False(Ed25519.Verify(key.PublicKey, [1, 2, 3], signature));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Verify_KeyOfSmallOrderOrNotReduced_IsFalseForEveryForgery(string publicKey)
    {
        var key = Convert.FromHexString(publicKey);
        // For such keys "R = a small point, S = 0" verifies with a chance of at least one in eight per message.
        Span<byte> forged = stackalloc byte[64];
        for (var i = 0; i < 64; i++)
        {
            forged.Clear();
            forged[0] = 1;
            Assert.False(Ed25519.Verify(key, [(byte)i], forged));
            key.CopyTo(forged);
            Assert.False(Ed25519.Verify(key, [(byte)i], forged));
        }
    }

    [Fact]
    public void SmallOrderPoint_OpenSslAlone_WouldTakeTheForgery()
    {
        // Without this the test above could pass for the wrong reason.
        byte[] identity = [1, .. new byte[31]];
        using var key = LibCrypto.ImportPublicKey(identity);

        Assert.True(LibCrypto.Verify(key, [42], [.. identity, .. new byte[32]]));
    }

    [Fact]
    public void Generate_Twice_GivesDifferentKeys()
    {
        using var one = Ed25519PrivateKey.Generate();
        using var other = Ed25519PrivateKey.Generate();

        Assert.False(one.PublicKey.SequenceEqual(other.PublicKey));
        Assert.False(Ed25519.Verify(other.PublicKey, [7], one.Sign([7])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(64)]
    public void FromSeed_WrongSize_NamesTheSize(int size)
    {
        var error = Assert.Throws<ArgumentException>(() => Ed25519PrivateKey.FromSeed(new byte[size]));
        Assert.Contains("not " + size, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_UsedFromManyThreads_SignsAndVerifiesEveryTime()
    {
        using var key = Ed25519PrivateKey.Generate();
        var publicKey = key.PublicKey.ToArray();

        await Parallel.ForAsync(0, 500, async (i, stop) =>
        {
            await Task.Yield();
            var message = BitConverter.GetBytes(i);
            Assert.True(Ed25519.Verify(publicKey, message, key.Sign(message)));
            Assert.False(Ed25519.Verify(publicKey, message, new byte[64]));
        });
    }

    [Fact]
    public void Sign_AfterDispose_ThrowsInsteadOfUsingFreedMemory()
    {
        var key = Ed25519PrivateKey.Generate();
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign([1]));
    }
}
