using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>The handful of OpenSSL functions that Ed25519 needs. .NET has no Ed25519 of its own.</summary>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto";
    private const string MissingText =
        "Ed25519 needs OpenSSL's libcrypto 3 or 1.1.1, and this machine has none that can be loaded. Install the openssl package of your system.";
    private const string RefusedText =
        "OpenSSL on this machine refuses Ed25519, probably because only its FIPS provider is active. Device identities need Ed25519.";

    /// <summary>EVP_PKEY_ED25519: NID_ED25519 of OpenSSL's obj_mac.h, the same in 1.1.1 and 3.</summary>
    private const int Ed25519KeyType = 1087;

    // Versioned names only: an unversioned libcrypto.dylib makes macOS abort the process.
    private static readonly string[] FileNames =
    [
        "libcrypto.so.3",
        "libcrypto.so.1.1",
        "libcrypto.3.dylib",
        "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib",
        "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib",
        "libcrypto-3-x64.dll",
        "libcrypto-3-arm64.dll",
    ];

    private static readonly nint Module = Load();

    static LibCrypto() =>
        NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, static (name, _, _) => name == Library ? Module : 0);

    public static bool IsLoaded => Module != 0;

    public static SafeEvpKeyHandle ImportPublicKey(ReadOnlySpan<byte> rawKey)
    {
        ThrowIfMissing();
        return Usable(NewRawPublicKey(Ed25519KeyType, 0, rawKey, (nuint)rawKey.Length));
    }

    public static SafeEvpKeyHandle ImportPrivateKey(ReadOnlySpan<byte> seed)
    {
        ThrowIfMissing();
        return Usable(NewRawPrivateKey(Ed25519KeyType, 0, seed, (nuint)seed.Length));
    }

    public static void ExportPublicKey(SafeEvpKeyHandle key, Span<byte> rawKey)
    {
        var length = (nuint)rawKey.Length;
        if (GetRawPublicKey(key, rawKey, ref length) != 1 || length != (nuint)rawKey.Length)
            throw Failure("EVP_PKEY_get_raw_public_key");
    }

    public static void ExportPrivateKey(SafeEvpKeyHandle key, Span<byte> seed)
    {
        var length = (nuint)seed.Length;
        if (GetRawPrivateKey(key, seed, ref length) != 1 || length != (nuint)seed.Length)
            throw Failure("EVP_PKEY_get_raw_private_key");
    }

    public static void Sign(SafeEvpKeyHandle key, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        using var context = NewContext();
        if (DigestSignInit(context, 0, 0, 0, key) != 1)
            throw Failure("EVP_DigestSignInit");
        var length = (nuint)signature.Length;
        if (DigestSign(context, signature, ref length, message, (nuint)message.Length) != 1 || length != (nuint)signature.Length)
            throw Failure("EVP_DigestSign");
    }

    public static bool Verify(SafeEvpKeyHandle key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var context = NewContext();
        if (DigestVerifyInit(context, 0, 0, 0, key) != 1)
            throw Failure("EVP_DigestVerifyInit");
        if (DigestVerify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1)
            return true;
        // OpenSSL leaves the reason on a per-thread queue, where the runtime's own TLS code would trip over it.
        ClearErrors();
        return false;
    }

    private static SafeEvpContextHandle NewContext()
    {
        var context = NewMdContext();
        return context.IsInvalid ? throw Failure("EVP_MD_CTX_new") : context;
    }

    private static SafeEvpKeyHandle Usable(SafeEvpKeyHandle key)
    {
        if (!key.IsInvalid)
            return key;
        // Importing raw bytes of the right length checks nothing, so this is never the caller's input.
        ClearErrors();
        throw new PlatformNotSupportedException(RefusedText);
    }

    private static void ThrowIfMissing()
    {
        if (Module == 0)
            throw new PlatformNotSupportedException(MissingText);
    }

    private static InvalidOperationException Failure(string function)
    {
        ClearErrors();
        return new InvalidOperationException(function + " failed inside OpenSSL");
    }

    private static nint Load()
    {
        foreach (var name in FileNames)
        {
            if (!NativeLibrary.TryLoad(name, typeof(LibCrypto).Assembly, DllImportSearchPath.SafeDirectories, out var module))
                continue;
            // OpenSSL 1.1.0 has the file name of 1.1.1 but not its raw keys.
            if (NativeLibrary.TryGetExport(module, "EVP_PKEY_new_raw_public_key", out _))
                return module;
            NativeLibrary.Free(module);
        }
        return 0;
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial SafeEvpKeyHandle NewRawPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial SafeEvpKeyHandle NewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetRawPublicKey(SafeEvpKeyHandle key, Span<byte> raw, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_private_key")]
    private static partial int GetRawPrivateKey(SafeEvpKeyHandle key, Span<byte> raw, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial SafeEvpContextHandle NewMdContext();

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int DigestSignInit(SafeEvpContextHandle context, nint keyContext, nint digest, nint engine, SafeEvpKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int DigestSign(SafeEvpContextHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int DigestVerifyInit(SafeEvpContextHandle context, nint keyContext, nint digest, nint engine, SafeEvpKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    private static partial int DigestVerify(SafeEvpContextHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    private static partial void ClearErrors();

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    internal static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    internal static partial void FreeContext(nint context);
}
