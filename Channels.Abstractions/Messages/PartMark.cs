namespace OpenClaw.Channels.Abstractions.Messages;

/// <summary>
/// An entry of the inbound queue that says nothing but that a part of an album or of a long text belongs to a message before it: by its deduplication id
/// the part is known, should the provider send it again.
/// </summary>
public static class PartMark
{
    /// <summary>What the entry holds.</summary>
    public static ReadOnlySpan<byte> Payload => "\"part\""u8;

    /// <summary>Whether an entry is one.</summary>
    /// <param name="payload">What the entry holds.</param>
    public static bool Matches(ReadOnlySpan<byte> payload) => payload.SequenceEqual(Payload);
}
