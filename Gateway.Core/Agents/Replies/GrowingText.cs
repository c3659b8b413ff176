namespace OpenClaw.Gateway.Core.Agents.Replies;

/// <summary>
/// A text that only grows. A piece of it taken earlier stays as it was, so that whoever wants all of the text so far, again and again,
/// gets it without a copy.
/// </summary>
internal sealed class GrowingText
{
    /// <summary>Characters of the first buffer; each further one has double.</summary>
    private const int InitialChars = 256;

    private char[] _chars = [];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    /// <summary>The part that begins at <paramref name="start"/> and ends before <paramref name="end"/>.</summary>
    public ReadOnlyMemory<char> Slice(int start, int end) => _chars.AsMemory(start, end - start);

    public void Append(ReadOnlySpan<char> piece)
    {
        if (_chars.Length - Length < piece.Length)
        {
            // Taken pieces keep the old buffer.
            var larger = new char[Math.Max(Math.Max(InitialChars, Length * 2), Length + piece.Length)];
            Span.CopyTo(larger);
            _chars = larger;
        }
        piece.CopyTo(_chars.AsSpan(Length));
        Length += piece.Length;
    }

    public override string ToString() => new(Span);
}
