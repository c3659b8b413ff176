using System.CommandLine;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary>Values of the flags of <c>openclaw gateway</c>, as typed.</summary>
internal sealed record GatewayRunArguments
{
    public string? Port { get; init; }

    public string? Bind { get; init; }

    public string? Token { get; init; }

    public string? Auth { get; init; }

    public string? Password { get; init; }

    public bool AllowUnconfigured { get; init; }

    public bool Force { get; init; }

    public bool Verbose { get; init; }

    /// <summary>These values, and <paramref name="outer"/>'s where these are absent.</summary>
    public GatewayRunArguments Over(GatewayRunArguments outer) => new()
    {
        Port = Port ?? outer.Port,
        Bind = Bind ?? outer.Bind,
        Token = Token ?? outer.Token,
        Auth = Auth ?? outer.Auth,
        Password = Password ?? outer.Password,
        AllowUnconfigured = AllowUnconfigured || outer.AllowUnconfigured,
        Force = Force || outer.Force,
        Verbose = Verbose || outer.Verbose,
    };

    /// <summary>Never shows the secrets.</summary>
    public override string ToString() => $"GatewayRunArguments {{ Port = {Port}, Bind = {Bind} }}";
}

/// <summary>The flags of <c>openclaw gateway</c>.</summary>
internal sealed class GatewayRunFlags
{
    private readonly Option<string?> _port = new("--port") { Description = "Port to listen on. Wins over OPENCLAW_GATEWAY_PORT and gateway.port.", HelpName = "port" };
    private readonly Option<string?> _bind = new("--bind") { Description = "Addresses to listen on: loopback, lan, tailnet, auto or custom.", HelpName = "mode" };
    private readonly Option<string?> _token = new("--token") { Description = "Shared token that clients must present.", HelpName = "token" };
    private readonly Option<string?> _auth = new("--auth") { Description = "What clients present: token or password.", HelpName = "mode" };
    private readonly Option<string?> _password = new("--password") { Description = "Shared password, with --auth password.", HelpName = "password" };
    private readonly Option<bool> _allowUnconfigured = new("--allow-unconfigured") { Description = "Start although gateway.mode is not set to local." };
    private readonly Option<bool> _force = new("--force") { Description = "End whatever listens on the port first (needs lsof)." };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Show debug lines of the log here too." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_port, _bind, _token, _auth, _password, _allowUnconfigured, _force, _verbose])
            command.Add(option);
    }

    /// <summary>The secrets alone, for subcommands behind which they were typed.</summary>
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
        };
        return outer is null ? own : own.Over(outer.Read(result));
    }
}
