using System.CommandLine;
using OpenClaw.Cli.Connections;

namespace OpenClaw.Cli.Commands.Message;

/// <summary>What a user typed about any action.</summary>
internal sealed record MessageArguments
{
    public string? Channel { get; init; }

    public string? Account { get; init; }

    public string? Target { get; init; }

    public string? IdempotencyKey { get; init; }

    public bool DryRun { get; init; }

    public bool Verbose { get; init; }

    public required ClientArguments Client { get; init; }
}

/// <summary>The flags that all actions share.</summary>
internal sealed class MessageFlags
{
    private readonly Option<string?> _channel = new("--channel") { Description = "Channel, for example telegram; may be left out when one is configured.", HelpName = "channel" };
    private readonly Option<string?> _account = new("--account") { Description = "Account that does it (the channel's default).", HelpName = "id" };
    private readonly Option<string?> _key = new("--idempotency-key") { Description = "Names this message: the same key again sends nothing a second time.", HelpName = "key" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be asked of the gateway, and ask nothing." };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Say which gateway is asked, and with which key." };
    private readonly ClientFlags _client = new(MessageRun.UsualTimeoutMs);
    private readonly Option<string?>? _target;

    public MessageFlags(bool hasTarget = true)
    {
        if (hasTarget)
            _target = new Option<string?>("--target", "-t") { Description = "Receiver: a chat id or @name of Telegram, a phone number of WhatsApp.", HelpName = "dest", Required = true };
    }

    public Command AddTo(Command command)
    {
        if (_target is not null)
            command.Add(_target);
        command.Add(_channel);
        command.Add(_account);
        command.Add(_key);
        command.Add(_dryRun);
        command.Add(_verbose);
        _client.AddTo(command);
        return command;
    }

    public MessageArguments Read(ParseResult result) => new()
    {
        Channel = result.GetValue(_channel),
        Account = result.GetValue(_account),
        Target = _target is null ? null : result.GetValue(_target),
        IdempotencyKey = result.GetValue(_key),
        DryRun = result.GetValue(_dryRun),
        Verbose = result.GetValue(_verbose),
        Client = _client.Read(result),
    };
}
