using System.Globalization;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Services;

/// <summary>What <c>gateway install</c> would install, and what its user should know about it.</summary>
internal sealed record ServicePlan(ServiceDefinition Definition, IReadOnlyList<string> Warnings)
{
    private const string TokenVariable = "OPENCLAW_GATEWAY_TOKEN";
    private const string PasswordVariable = "OPENCLAW_GATEWAY_PASSWORD";

    /// <summary>Variables that decide which instance runs; the paths as they are, without what they are relative to.</summary>
    private static readonly string[] Paths = ["OPENCLAW_HOME", "OPENCLAW_STATE_DIR", "OPENCLAW_CONFIG_PATH", "OPENCLAW_OAUTH_DIR"];

    /// <summary>Makes the plan.</summary>
    /// <param name="command">Program and its first arguments.</param>
    /// <param name="account">The instance as the user of the service has it.</param>
    /// <param name="snapshot">Its configuration.</param>
    /// <param name="arguments">What was typed.</param>
    /// <param name="platform">The system.</param>
    public static ServicePlan Of(IReadOnlyList<string> command, GatewayEnvironment account, ConfigSnapshot snapshot, ServiceInstallArguments arguments, ServicePlatform platform)
    {
        var port = account.ResolvePort(arguments.Port, snapshot.Gateway.Port).ToString(CultureInfo.InvariantCulture);
        var warnings = new List<string>();
        var token = TokenToWrite(account, snapshot, arguments, warnings);
        var profile = account.ProfileSuffix.Length == 0 ? "" : $"profile: {account.Profile}, ";
        var definition = new ServiceDefinition
        {
            Description = $"OpenClaw Gateway ({profile}v{ProductVersion.Number})",
            Arguments = [.. command, "gateway", "--port", port],
            Environment = [.. Variables(command, account, platform, port, token)],
            User = arguments.IsSystemWide ? arguments.User : null,
            LogDirectory = Path.Combine(account.StateDirectory, "logs"),
            HasSecret = token is not null,
        };
        var flags = new GatewayStartFlags { Auth = new GatewayAuthFlags(Token: token) };
        if (StartGuard.Check(snapshot, flags, account) is { } refusal)
            warnings.Add("The service is going to be refused its start: " + string.Join(' ', refusal.Lines));
        return new ServicePlan(definition, warnings);
    }

    /// <summary>
    /// The token, if the service would not know it otherwise. One that the configuration has is not written: the gateway reads it there, where it is
    /// changed too, and a unit can be read by every program that may ask the service manager for it. (The peer writes it; units with one are read.)
    /// </summary>
    private static string? TokenToWrite(GatewayEnvironment account, ConfigSnapshot snapshot, ServiceInstallArguments arguments, List<string> warnings)
    {
        var configured = snapshot.Gateway.Auth.Token;
        if (configured is not null)
        {
            if (arguments.Token is { } typed && typed != configured)
                warnings.Add("--token is not used: gateway.auth.token of the configuration wins over it.");
            return null;
        }
        if (account.Get(PasswordVariable, "CLAWDBOT_GATEWAY_PASSWORD") is not null && snapshot.Gateway.Auth.Password is null)
            warnings.Add($"{PasswordVariable} is not written into the service. Put it into {account.Display(Path.Combine(account.StateDirectory, ".env"))}, which the gateway reads.");
        return arguments.Token ?? account.Get(TokenVariable, "CLAWDBOT_GATEWAY_TOKEN");
    }

    private static IEnumerable<KeyValuePair<string, string>> Variables(
        IReadOnlyList<string> command, GatewayEnvironment account, ServicePlatform platform, string port, string? token)
    {
        var names = ServiceNames.Of(account.Profile);
        var home = account.Get("HOME") ?? account.HomeDirectory;
        // What the configuration has under env the gateway reads there; the peer writes it into the unit, secrets included.
        if (platform is not ServicePlatform.Windows)
            yield return new("HOME", home);
        yield return new("PATH", string.Join(platform is ServicePlatform.Windows ? ';' : ':', SearchPath(command, account, platform, home)));
        if (account.Get("OPENCLAW_PROFILE") is { } profile)
            yield return new("OPENCLAW_PROFILE", profile);
        foreach (var name in Paths)
        {
            if (account.Get(name) is { } value)
                yield return new(name, account.ExpandPath(value));
        }
        yield return new("OPENCLAW_GATEWAY_PORT", port);
        if (token is not null)
            yield return new(TokenVariable, token);
        if (platform is ServicePlatform.Linux)
            yield return new("OPENCLAW_SYSTEMD_UNIT", names.Unit + ".service");
        if (platform is ServicePlatform.MacOS)
            yield return new("OPENCLAW_LAUNCHD_LABEL", names.Label);
        if (account.Get("DOTNET_ROOT") is { } runtime)
            yield return new("DOTNET_ROOT", runtime);
        yield return new(ServiceMarks.MarkerVariable, ServiceMarks.Marker);
        yield return new(ServiceMarks.KindVariable, ServiceMarks.Kind);
        yield return new(ServiceMarks.VersionVariable, ProductVersion.Number);
    }

    /// <summary>The launcher of a checkout builds, and needs the SDK that is on the path now.</summary>
    private static IEnumerable<string> SearchPath(IReadOnlyList<string> command, GatewayEnvironment account, ServicePlatform platform, string home)
    {
        var directories = ServiceSearchPath.Directories(platform, account, home);
        var isLauncher = Path.GetExtension(command[0]).Length == 0 && File.Exists(Path.Combine(Path.GetDirectoryName(command[0])!, "global.json"));
        var sdk = isLauncher
            ? (account.Get("PATH") ?? "").Split(Path.PathSeparator).FirstOrDefault(directory => Path.IsPathRooted(directory) && File.Exists(Path.Combine(directory, "dotnet")))
            : null;
        return sdk is null || directories.Contains(sdk) ? directories : [sdk, .. directories];
    }
}
