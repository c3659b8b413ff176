using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.SafeMode;

/// <summary>Safe mode as clients get to see it.</summary>
internal static class SafeModeViews
{
    /// <summary>The notice; null outside of safe mode.</summary>
    public static SafeModeNotice? Notice(SafeModeState state) => state.IsActive
        ? new SafeModeNotice { Reason = state.Reason!, SinceMs = state.Since.ToUnixTimeMilliseconds(), UntilMs = (state.Since + state.Duration).ToUnixTimeMilliseconds() }
        : null;
}
