namespace OpenClaw.Gateway.Core.Configuration.Reloading;

/// <summary>What a change of a key does in a running gateway.</summary>
internal enum ReloadKind
{
    /// <summary>Nothing: the key is read whenever it is needed.</summary>
    Read,

    /// <summary>The component that the key belongs to takes it over.</summary>
    Hot,
}

/// <summary>
/// Which keys have an owner that has to be told. Whether a key needs a restart is not decided here but by the host, which knows what
/// it was built from.
/// </summary>
internal static class ReloadRules
{
    private static readonly string[] Owned = ["hooks", "agents.defaults.heartbeat", "cron", "browser", "web", "channels", "gateway.auth", "gateway.controlUi", "gateway.trustedProxies"];

    /// <summary>The kind of a changed path.</summary>
    public static ReloadKind KindOf(string path) => Owned.Any(section => ChangedPaths.IsAtOrBelow(path, section)) ? ReloadKind.Hot : ReloadKind.Read;
}
