using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>Owns an EVP_PKEY. OpenSSL counts references, so one handle may serve many threads.</summary>
internal sealed class SafeEvpKeyHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeKey(handle);
        return true;
    }
}
