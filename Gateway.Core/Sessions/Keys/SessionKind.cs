namespace OpenClaw.Gateway.Core.Sessions.Keys;

/// <summary>What kind of conversation a session key stands for; on the wire in lower case.</summary>
internal enum SessionKind
{
    Direct,
    Group,
    Global,
    Unknown,
}

internal static class SessionKindNames
{
    public static string Name(this SessionKind kind) => kind switch
    {
        SessionKind.Group => "group",
        SessionKind.Global => "global",
        SessionKind.Unknown => "unknown",
        _ => "direct",
    };
}
