using System.Text.Json.Serialization;

namespace OpenClaw.Channels.Abstractions.Messages;

/// <summary>Something that is done in a chat now or not at all: it is not stored, and nobody is sorry when it is lost.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "action")]
[JsonDerivedType(typeof(TypingAction), "typing")]
[JsonDerivedType(typeof(PreviewAction), "preview")]
[JsonDerivedType(typeof(ReactAction), "react")]
[JsonDerivedType(typeof(EditAction), "edit")]
[JsonDerivedType(typeof(DeleteAction), "delete")]
[JsonDerivedType(typeof(PinAction), "pin")]
[JsonDerivedType(typeof(UnpinAction), "unpin")]
[JsonDerivedType(typeof(CreateThreadAction), "createThread")]
[JsonDerivedType(typeof(ReadMediaAction), "readMedia")]
[JsonDerivedType(typeof(ProbeAction), "probe")]
[JsonDerivedType(typeof(LogoutAction), "logout")]
[JsonDerivedType(typeof(RestartAction), "restart")]
public abstract record ChannelAction;

/// <summary>Shows that an answer is being written; the provider takes it away by itself after some seconds.</summary>
/// <param name="To">The chat.</param>
/// <param name="ThreadId">The topic in it.</param>
public sealed record TypingAction(string To, string? ThreadId) : ChannelAction;

/// <summary>
/// Shows how far an answer has got, by what the provider forgets by itself: it is no message, and none comes of it. It takes the place of the one before
/// of the same run, and is not shown any more when a message of that run (<see cref="OutboundMessage.RunId"/>) is on its way.
/// </summary>
/// <param name="To">The chat.</param>
/// <param name="ThreadId">The topic in it.</param>
/// <param name="RunId">The run that writes the answer.</param>
/// <param name="Text">The answer so far, as Markdown.</param>
public sealed record PreviewAction(string To, string? ThreadId, string RunId, string Text) : ChannelAction;

/// <summary>Puts a sign on a message.</summary>
/// <param name="To">The chat.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Emoji">The sign; null takes ours away.</param>
public sealed record ReactAction(string To, string MessageId, string? Emoji) : ChannelAction;

/// <summary>Changes a message of ours.</summary>
/// <param name="To">The chat.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Text">Markdown.</param>
public sealed record EditAction(string To, string MessageId, string Text) : ChannelAction
{
    /// <summary>Rows of buttons under it from now on.</summary>
    public IReadOnlyList<IReadOnlyList<OutboundButton>> Buttons { get; init; } = [];
}

/// <summary>Takes a message away.</summary>
/// <param name="To">The chat.</param>
/// <param name="MessageId">The message.</param>
public sealed record DeleteAction(string To, string MessageId) : ChannelAction;

/// <summary>Keeps a message in sight.</summary>
/// <param name="To">The chat.</param>
/// <param name="MessageId">The message.</param>
public sealed record PinAction(string To, string MessageId) : ChannelAction;

/// <summary>Keeps a message in sight no more.</summary>
/// <param name="To">The chat.</param>
/// <param name="MessageId">The message.</param>
public sealed record UnpinAction(string To, string MessageId) : ChannelAction;

/// <summary>Opens a topic in a chat.</summary>
/// <param name="To">The chat.</param>
/// <param name="Name">What it is called.</param>
public sealed record CreateThreadAction(string To, string Name) : ChannelAction;

/// <summary>Asks for a part of a file that came in; the first part takes as long as it takes to fetch the file.</summary>
/// <param name="Reference">As in <see cref="InboundMedia.Reference"/>.</param>
/// <param name="Offset">In bytes. The file is over where <see cref="ActionResult.Length"/> says.</param>
public sealed record ReadMediaAction(string Reference, long Offset) : ChannelAction
{
    /// <summary>Most bytes of one part: little enough to stand in nobody's way on the bus.</summary>
    public const int MaxPart = 1 << 20;
}

/// <summary>Asks the provider whether the account works.</summary>
public sealed record ProbeAction : ChannelAction;

/// <summary>Gives up the account's credentials and stops.</summary>
public sealed record LogoutAction : ChannelAction;

/// <summary>Ends the connection and makes a new one.</summary>
public sealed record RestartAction : ChannelAction;

/// <summary>What came of an action.</summary>
/// <param name="Ok">It was done.</param>
/// <param name="Error">Why not, for people.</param>
public sealed record ActionResult(bool Ok, string? Error = null)
{
    /// <summary>It was done.</summary>
    public static ActionResult Done { get; } = new(true);

    /// <summary>For <see cref="CreateThreadAction"/>: the provider's id of the topic.</summary>
    public string? ThreadId { get; init; }

    /// <summary>For <see cref="ProbeAction"/>: what the provider says of the account, such as its name.</summary>
    public string? Identity { get; init; }

    /// <summary>It may be done in a moment: nobody is connected now who could do it.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>The provider wants it later: too much was asked of it.</summary>
    public bool IsLimited { get; init; }

    /// <summary>For <see cref="ReadMediaAction"/>: a part of the file.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>For <see cref="ReadMediaAction"/>: bytes of the whole file.</summary>
    public long? Length { get; init; }

    /// <summary>For <see cref="ProbeAction"/>: how long it took, in milliseconds.</summary>
    public long? ElapsedMs { get; init; }

    /// <summary>It was not done.</summary>
    /// <param name="error">Why, for people.</param>
    public static ActionResult Failed(string error) => new(false, error);

    /// <summary>It was not done, and may be in a moment.</summary>
    /// <param name="error">Why, for people.</param>
    public static ActionResult Unavailable(string error) => new(false, error) { IsUnavailable = true };
}
