using System.CommandLine;
using System.Globalization;

namespace OpenClaw.Cli.Connections;

/// <summary>What a user typed about the gateway to talk to.</summary>
internal sealed record ClientArguments
{
    public string? Url { get; init; }

    public string? Token { get; init; }

    public string? Password { get; init; }

    /// <summary><c>--timeout</c>, in milliseconds.</summary>
    public string? Timeout { get; init; }

    public bool ExpectFinal { get; init; }

    public bool Json { get; init; }

    /// <summary>The timeout, or null when it is not a positive whole number.</summary>
    /// <param name="usualMs">Milliseconds when the user named none.</param>
    public TimeSpan? TimeoutOr(int usualMs)
    {
        if (Timeout is null)
            return TimeSpan.FromMilliseconds(usualMs);
        return int.TryParse(Timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms > 0 ? TimeSpan.FromMilliseconds(ms) : null;
    }

    /// <summary>Never the secrets.</summary>
    public override string ToString() => $"ClientArguments {{ Url = {Url} }}";
}

/// <summary>The flags that commands which talk to a gateway share.</summary>
internal sealed class ClientFlags(int usualTimeoutMs, bool withUrl = true)
{
    private readonly Option<string?> _url = new("--url") { Description = "Gateway to talk to, instead of the configured one. Needs --token or --password.", HelpName = "url" };
    private readonly Option<string?> _token = new("--token") { Description = "Token to present.", HelpName = "token" };
    private readonly Option<string?> _password = new("--password") { Description = "Password to present.", HelpName = "password" };
    private readonly Option<string?> _timeout = new("--timeout") { Description = $"Milliseconds to wait for the answer ({usualTimeoutMs}).", HelpName = "ms" };
    private readonly Option<bool> _expectFinal = new("--expect-final") { Description = "Wait for the second answer of methods that answer twice." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    public void AddTo(Command command)
    {
        if (withUrl)
            command.Add(_url);
        command.Add(_token);
        command.Add(_password);
        command.Add(_timeout);
        command.Add(_expectFinal);
        command.Add(_json);
    }

    /// <summary>Reads the flags.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="outer">Secrets typed before the subcommand; they count where none are typed after it.</param>
    public ClientArguments Read(ParseResult result, (string? Token, string? Password) outer = default) => new()
    {
        Url = withUrl ? result.GetValue(_url) : null,
        Token = result.GetValue(_token) ?? outer.Token,
        Password = result.GetValue(_password) ?? outer.Password,
        Timeout = result.GetValue(_timeout),
        ExpectFinal = result.GetValue(_expectFinal),
        Json = result.GetValue(_json),
    };
}
