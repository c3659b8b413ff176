namespace OpenClaw.Channels.Abstractions.Media;

/// <summary>Asks the core for a part of a file that is to be sent.</summary>
/// <param name="Reference">As in <see cref="Messages.OutboundMedia.Reference"/>.</param>
/// <param name="Offset">In bytes.</param>
public sealed record MediaPartRequest(string Reference, long Offset)
{
    /// <summary>Most bytes of one part.</summary>
    public const int MaxPart = 1 << 20;
}
