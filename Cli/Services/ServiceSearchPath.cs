using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services;

/// <summary>The search path of a service: short, the same whoever installs it from whichever shell, with the places of a user's own tools.</summary>
internal static class ServiceSearchPath
{
    private static readonly (string Variable, string Below)[] Chosen =
    [
        ("PNPM_HOME", ""), ("NPM_CONFIG_PREFIX", "bin"), ("BUN_INSTALL", "bin"), ("VOLTA_HOME", "bin"), ("ASDF_DATA_DIR", "shims"), ("NVM_DIR", "current/bin"), ("FNM_DIR", "current/bin"),
    ];

    private static readonly string[] Own =
    [
        ".local/bin", ".npm-global/bin", "bin", ".nvm/current/bin", ".fnm/current/bin", ".volta/bin", ".asdf/shims", ".local/share/pnpm", ".bun/bin",
    ];

    /// <summary>The directories, in order.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="environment">The instance, for what its user chose.</param>
    /// <param name="home">Home directory of the user that the service runs as.</param>
    public static IReadOnlyList<string> Directories(ServicePlatform platform, GatewayEnvironment environment, string home) => platform switch
    {
        ServicePlatform.Windows => (environment.Get("PATH") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries),
        ServicePlatform.MacOS => ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/bin"],
        _ =>
        [
            .. Chosen.Where(entry => environment.Get(entry.Variable) is { } value && Path.IsPathRooted(value)).Select(entry => Path.TrimEndingDirectorySeparator(Path.Combine(environment.Get(entry.Variable)!, entry.Below))),
            .. Own.Select(directory => Path.Combine(home, directory)),
            .. Required(platform),
        ],
    };

    /// <summary>Those without which nothing works.</summary>
    public static IReadOnlyList<string> Required(ServicePlatform platform) => platform is ServicePlatform.Windows ? [] : ["/usr/local/bin", "/usr/bin", "/bin"];
}
