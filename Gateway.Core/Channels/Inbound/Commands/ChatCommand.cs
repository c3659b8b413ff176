using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>A command in a chat.</summary>
/// <param name="Names">What it is called, the usual name first.</param>
/// <param name="Description">One line.</param>
/// <param name="RunAsync">Carries it out; carrying it out again must do no harm.</param>
internal sealed record ChatCommand(IReadOnlyList<string> Names, string Description, Func<CommandCall, CancellationToken, Task<CommandAnswer>> RunAsync)
{
    /// <summary>Words may follow; where they may not, a text with words is meant for the agent.</summary>
    public bool TakesArguments { get; init; } = true;

    /// <summary>It is for senders whom the operator named, not for everybody who may write.</summary>
    public bool NeedsOwner { get; init; }

    /// <summary>It is on the list of commands.</summary>
    public bool IsListed { get; init; } = true;
}

/// <summary>A command that somebody gave who may.</summary>
/// <param name="Message">The message.</param>
/// <param name="Key">The chat's session.</param>
/// <param name="Session">Its entry; null when there is none yet.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Text">The command.</param>
internal sealed record CommandCall(InboundMessage Message, SessionKey Key, SessionEntry? Session, ChannelDescription Channel, CommandText Text)
{
    /// <summary>Bytes that a button below the answer may stand for; 0 when there are no buttons here.</summary>
    public int MaxButtonData { get; init; }

    /// <summary>Who gave it, for the audit log; of a phone number the end alone.</summary>
    public AuditActor Actor => new($"{Message.Channel}:{(Message.Sender.PhoneNumber is null ? Message.Sender.Id : "…" + Message.Sender.Id[^Math.Min(4, Message.Sender.Id.Length)..])}", null, null, null);
}

/// <summary>What a command answers.</summary>
/// <param name="Text">What is sent; null when nothing is.</param>
internal sealed record CommandAnswer(string? Text)
{
    /// <summary>Rows of buttons below it.</summary>
    public IReadOnlyList<IReadOnlyList<OutboundButton>> Buttons { get; init; } = [];

    /// <summary>A page of a list: it takes the place of the one whose button was pressed.</summary>
    public bool IsPage { get; init; }

    /// <summary>The message goes on to the agent, with these words.</summary>
    public string? Words { get; init; }

    /// <summary>For this message alone.</summary>
    public string? Thinking { get; init; }

    /// <summary>For this message alone.</summary>
    public string? Verbose { get; init; }

    public static implicit operator CommandAnswer(string text) => new(text);
}

/// <summary>Commands that belong together.</summary>
internal interface ICommandFamily
{
    IReadOnlyList<ChatCommand> Commands { get; }
}
