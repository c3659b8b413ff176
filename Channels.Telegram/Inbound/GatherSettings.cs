namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>When several messages are one. The numbers are the peer's.</summary>
internal static class GatherSettings
{
    /// <summary>An album is whole when no part of it came for this long.</summary>
    public static readonly TimeSpan AlbumQuiet = TimeSpan.FromMilliseconds(500);

    /// <summary>A text that the sender's program cut up is whole when no part of it came for this long.</summary>
    public static readonly TimeSpan PasteQuiet = TimeSpan.FromMilliseconds(1500);

    /// <summary>Programs cut at 4096; a text of this length may be the beginning of a longer one.</summary>
    public const int PasteStart = 4000;

    /// <summary>Most parts of a text that was cut up.</summary>
    public const int MaxPasteParts = 12;

    /// <summary>Most UTF-16 units of all its parts.</summary>
    public const int MaxPasteLength = 50_000;

    /// <summary>Most parts of an album; the API's limit.</summary>
    public const int MaxAlbumParts = 10;
}
