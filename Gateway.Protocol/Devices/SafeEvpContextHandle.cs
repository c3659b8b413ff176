using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>Owns an EVP_MD_CTX, which belongs to one operation on one thread.</summary>
internal sealed class SafeEvpContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeContext(handle);
        return true;
    }
}
