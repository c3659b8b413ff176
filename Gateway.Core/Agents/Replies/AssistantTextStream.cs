using System.Text;

namespace OpenClaw.Gateway.Core.Agents.Replies;

/// <summary>
/// The visible side of one assistant message while it is written: takes the model's raw pieces and says, each time more can
/// be shown, what the whole text is now and what is new in it.
/// </summary>
internal sealed class AssistantTextStream
{
    /// <summary>
    /// Each look costs as much as the text is long (a microsecond per thousand characters), so a long text is looked at only when it has
    /// grown by this share of it. Up to here every character is shown at once, and a text of a million takes some 7,000 looks.
    /// </summary>
    private const int UnseenShare = 1024;

    private readonly StringBuilder _raw = new();
    private int _cleanedAt;
    private int _media;

    /// <summary>Everything the model wrote, tags included.</summary>
    public string Raw => _raw.ToString();

    /// <summary>What was last shown.</summary>
    public string Shown { get; private set; } = "";

    public bool HasShown => Shown.Length > 0;

    /// <summary>A piece of text; <paramref name="newBlock"/> when something else came between it and the last one.</summary>
    public TextStep? Append(string piece, bool newBlock)
    {
        if (newBlock && _raw.Length > 0)
            _raw.Append('\n');
        _raw.Append(piece);
        if (_raw.Length - _cleanedAt < _raw.Length / UnseenShare)
            return null;
        return Look(complete: false).Step;
    }

    /// <summary>The end of the message: its last step, if any is missing, and how it is to be delivered.</summary>
    public (TextStep? Step, ReplyText Reply, string Visible, string Reasoning) Complete()
    {
        var (step, reply, visible, reasoning) = Look(complete: true);
        return (step, reply, visible, reasoning);
    }

    private (TextStep? Step, ReplyText Reply, string Visible, string Reasoning) Look(bool complete)
    {
        _cleanedAt = _raw.Length;
        var (visible, reasoning) = ReasoningTags.Split(Raw, complete);
        var reply = ReplyDirectives.Parse(visible, complete);
        var text = complete ? (SilentReply.IsSilent(reply.Text) ? "" : reply.Text) : SilentReply.Showable(reply.Text).Trim();
        var grew = text.Length > Shown.Length && text.StartsWith(Shown, StringComparison.Ordinal);
        var newMedia = text.StartsWith(Shown, StringComparison.Ordinal) && reply.MediaUrls.Count > _media && text.Length > 0;
        if (!grew && !newMedia)
            return (null, reply, visible, reasoning);
        var step = new TextStep(text, text[Shown.Length..], reply.MediaUrls.Count > _media ? reply.MediaUrls : null);
        Shown = text;
        _media = reply.MediaUrls.Count;
        return (step, reply, visible, reasoning);
    }
}

/// <summary>More of a message can be shown.</summary>
internal sealed record TextStep(string Text, string Delta, IReadOnlyList<string>? MediaUrls);
