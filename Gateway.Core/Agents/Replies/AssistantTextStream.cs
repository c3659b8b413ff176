namespace OpenClaw.Gateway.Core.Agents.Replies;

/// <summary>
/// The visible side of one assistant message while it is written: takes the model's raw pieces and says, each time more can
/// be shown, what the whole text is now and what is new in it.
/// </summary>
internal sealed class AssistantTextStream
{
    /// <summary>
    /// A look at a text with tags costs as much as the text is long (a microsecond per thousand characters), so a long one is looked at
    /// only when it has grown by this share of it. Up to here every character is shown at once, and a text of a million takes some 7,000 looks.
    /// </summary>
    private const int UnseenShare = 1024;

    private readonly GrowingText _raw = new();
    private int _cleanedAt;
    private int _media;
    private int _plainFrom;
    private bool _isPlain = true;

    /// <summary>Characters that the model wrote, tags included.</summary>
    public int Length => _raw.Length;

    /// <summary>What was last shown.</summary>
    public ReadOnlyMemory<char> Shown { get; private set; }

    public bool HasShown => Shown.Length > 0;

    /// <summary>What the model wrote, tags included.</summary>
    public string Raw(int start, int end) => _raw.Slice(start, end).ToString();

    /// <summary>A piece of text; <paramref name="newBlock"/> when something else came between it and the last one.</summary>
    public TextStep? Append(string piece, bool newBlock)
    {
        if (newBlock && _raw.Length > 0)
            _raw.Append("\n");
        _raw.Append(piece);
        if (_isPlain && PlainText.Continues(_raw.Span, piece.Length))
            return LookAtPlain(piece);
        _isPlain = false;
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

    /// <summary>All that was shown is the beginning of what is shown now, so only the end is looked at.</summary>
    private TextStep? LookAtPlain(string piece)
    {
        while (_plainFrom < _raw.Length && char.IsWhiteSpace(_raw.Span[_plainFrom]))
            _plainFrom++;
        var end = _plainFrom + PlainText.ShowableLength(_raw.Span[_plainFrom..]);
        var shownTo = _plainFrom + Shown.Length;
        if (end <= shownTo)
            return null;
        Shown = _raw.Slice(_plainFrom, end);
        // Nearly always the piece is just what is new.
        var isPiece = end == _raw.Length && end - shownTo == piece.Length;
        return new TextStep(Shown, isPiece ? piece : Raw(shownTo, end), null);
    }

    private (TextStep? Step, ReplyText Reply, string Visible, string Reasoning) Look(bool complete)
    {
        _cleanedAt = _raw.Length;
        var (visible, reasoning) = ReasoningTags.Split(_raw.ToString(), complete);
        var reply = ReplyDirectives.Parse(visible, complete);
        var text = complete ? (SilentReply.IsSilent(reply.Text) ? "" : reply.Text) : SilentReply.Showable(reply.Text).Trim();
        var goesOn = text.AsSpan().StartsWith(Shown.Span, StringComparison.Ordinal);
        var newMedia = goesOn && reply.MediaUrls.Count > _media && text.Length > 0;
        if (!newMedia && (!goesOn || text.Length <= Shown.Length))
            return (null, reply, visible, reasoning);
        var step = new TextStep(text.AsMemory(), text[Shown.Length..], reply.MediaUrls.Count > _media ? reply.MediaUrls : null);
        Shown = step.Text;
        _media = reply.MediaUrls.Count;
        return (step, reply, visible, reasoning);
    }
}

/// <summary>More of a message can be shown.</summary>
internal sealed record TextStep(ReadOnlyMemory<char> Text, string Delta, IReadOnlyList<string>? MediaUrls);
