using System.CommandLine;

namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>The flags of <c>openclaw gateway</c>.</summary>
internal sealed class GatewayRunFlags
{
    private readonly Option<string?> _port = Value("--port", "port", "Port to listen on. Wins over OPENCLAW_GATEWAY_PORT and gateway.port.");
    private readonly Option<string?> _bind = Value("--bind", "mode", "Addresses to listen on: loopback, lan, tailnet, auto or custom.");
    private readonly Option<string?> _token = Value("--token", "token", "Shared token that clients must present.");
    private readonly Option<string?> _auth = Value("--auth", "mode", "What clients present: token or password.");
    private readonly Option<string?> _password = Value("--password", "password", "Shared password, with --auth password.");
    private readonly Option<bool> _allowUnconfigured = new("--allow-unconfigured") { Description = "Start although gateway.mode is not set to local." };
    private readonly Option<bool> _force = new("--force") { Description = "End whatever listens on the port first (needs lsof)." };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Log debug lines, here and in the file." };

    private readonly Option<bool> _noSafeMode = new("--no-safe-mode") { Description = "Forget earlier crashes, and hold nothing back." };

    // So that the original's start scripts and service units keep working.
    private readonly Option<string?> _tailscale = new("--tailscale") { Hidden = true };
    private readonly Option<string?> _wsLog = new("--ws-log") { Hidden = true };
    private readonly Option<bool>[] _ignored =
    [
        new("--compact") { Hidden = true },
        new("--tailscale-reset-on-exit") { Hidden = true },
        new("--claude-cli-logs") { Hidden = true },
        new("--raw-stream") { Hidden = true },
    ];

    private readonly Option<string?> _rawStreamPath = new("--raw-stream-path") { Hidden = true };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_port, _bind, _token, _auth, _password, _allowUnconfigured, _force, _verbose, _noSafeMode, _tailscale, _wsLog, _rawStreamPath, .. _ignored])
            command.Add(option);
    }

    /// <summary>The secrets alone, for subcommands in front of which they were typed.</summary>
    public (string? Token, string? Password) ReadSecrets(ParseResult result) => (result.GetValue(_token), result.GetValue(_password));

    /// <summary>Reads the flags; what is not given here is taken from <paramref name="outer"/>.</summary>
    public GatewayRunArguments Read(ParseResult result, GatewayRunFlags? outer = null)
    {
        var own = new GatewayRunArguments
        {
            Port = result.GetValue(_port),
            Bind = result.GetValue(_bind),
            Token = result.GetValue(_token),
            Auth = result.GetValue(_auth),
            Password = result.GetValue(_password),
            AllowUnconfigured = result.GetValue(_allowUnconfigured),
            Force = result.GetValue(_force),
            Verbose = result.GetValue(_verbose),
            NoSafeMode = result.GetValue(_noSafeMode),
            Tailscale = result.GetValue(_tailscale),
            WsLog = result.GetValue(_wsLog),
            WithoutEffect = WithoutEffect(result),
        };
        return outer is null ? own : own.Over(outer.Read(result));
    }

    private List<string> WithoutEffect(ParseResult result)
    {
        var given = new List<string>();
        foreach (var option in _ignored)
        {
            if (result.GetValue(option))
                given.Add(option.Name);
        }
        if (result.GetValue(_wsLog) is not null)
            given.Add(_wsLog.Name);
        if (result.GetValue(_rawStreamPath) is not null)
            given.Add(_rawStreamPath.Name);
        return given;
    }

    private static Option<string?> Value(string name, string value, string description) => new(name) { Description = description, HelpName = value };
}
