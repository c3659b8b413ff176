namespace OpenClaw.Channels.Abstractions.Status;

/// <summary>What clients show of a channel.</summary>
/// <param name="Id">For example <c>telegram</c>.</param>
/// <param name="Label">Its name.</param>
public sealed record ChannelDescription(string Id, string Label)
{
    /// <summary>Its name with a word about the way it is connected.</summary>
    public string? DetailLabel { get; init; }

    /// <summary>Name of an SF symbol, for Apple's clients.</summary>
    public string? SystemImage { get; init; }

    /// <summary>The account that is meant when none is named.</summary>
    public string DefaultAccountId { get; init; } = "default";

    /// <summary>Longest text of one message, in UTF-16 units.</summary>
    public int MaxTextLength { get; init; } = 4000;

    /// <summary>Longest caption, in UTF-16 units.</summary>
    public int MaxCaptionLength { get; init; } = 1024;

    /// <summary>Bytes (UTF-8) that a button below a message may stand for; 0 when it has no buttons.</summary>
    public int MaxButtonData { get; init; }

    /// <summary>It can ask questions with answers to choose from.</summary>
    public bool HasPolls { get; init; }

    /// <summary>What it can do with messages, by the names that <c>message.action</c> has for it.</summary>
    public IReadOnlyList<string> Actions { get; init; } = ["send"];

    /// <summary>It can put signs on messages.</summary>
    public bool HasReactions { get; init; }

    /// <summary>It shows that an answer is being written.</summary>
    public bool HasTyping { get; init; }

    /// <summary>It has chats of many.</summary>
    public bool HasGroups { get; init; } = true;

    /// <summary>What an unknown sender is told its id is called: <c>Your Telegram user id</c>.</summary>
    public string SenderIdLabel { get; init; } = "Your sender id";
}
