using System.Globalization;
using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Envelope;

/// <summary>What a message says, in words: its text, a place, signs for its media, what it answers and where it was passed on from.</summary>
internal static class MessageBody
{
    private const int MaxQuoteLength = 4000;

    /// <summary>With quote and forward blocks around it.</summary>
    public static string Of(InboundMessage message) => ForwardedFrom(message.Forwarded) + Words(message) + Quoted(message.ReplyTo);

    /// <summary>Text and place; where there are neither, signs for the media. Empty when there is nothing at all.</summary>
    public static string Words(InboundMessage message)
    {
        var parts = new[] { HarmlessText.Body(message.Text), message.Location is { } place ? Place(place) : "" }.Where(static part => part.Length > 0);
        var words = string.Join('\n', parts);
        return words.Length > 0 ? words : Sign(message.Media);
    }

    private static string Sign(IReadOnlyList<InboundMedia> media)
    {
        if (media.Count == 0)
            return "";
        var kind = media[0].Kind switch
        {
            MediaKind.Image => "image",
            MediaKind.Video => "video",
            MediaKind.Audio or MediaKind.Voice => "audio",
            MediaKind.Sticker => "sticker",
            _ => "document",
        };
        return media.Count == 1 ? $"<media:{kind}>" : string.Create(CultureInfo.InvariantCulture, $"<media:{kind}> ({media.Count} files)");
    }

    private static string Place(GeoLocation place)
    {
        var accuracy = place.AccuracyMeters is { } meters and >= 0 and < 1e7 ? string.Create(CultureInfo.InvariantCulture, $" ±{Math.Round(meters)}m") : "";
        var point = string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:F6}, {place.Longitude:F6}{accuracy}");
        if (place.IsLive)
            return "🛰 Live location: " + point;
        var name = string.Join(" — ", new[] { HarmlessText.Label(place.Name), HarmlessText.Label(place.Address) }.OfType<string>());
        return name.Length > 0 ? $"📍 {name} ({point})" : "📍 " + point;
    }

    private static string ForwardedFrom(ForwardOrigin? origin)
    {
        if (origin is null)
            return "";
        var name = HarmlessText.Label(origin.Name) ?? "unknown";
        var who = HarmlessText.Label(origin.Username) is { } handle && !string.Equals(handle, name.TrimStart('@'), StringComparison.OrdinalIgnoreCase) ? $"{name} (@{handle})" : name;
        var at = origin.SentAtMs is { } ms and > 0 and < 253_402_300_800_000
            ? " at " + DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : "";
        return $"[Forwarded from {who}{at}]\n";
    }

    private static string Quoted(QuotedMessage? quote)
    {
        if (quote is null || HarmlessText.Body(quote.Text ?? "") is not { Length: > 0 } text)
            return "";
        if (text.Length > MaxQuoteLength)
            text = text[..(char.IsHighSurrogate(text[MaxQuoteLength - 1]) ? MaxQuoteLength - 1 : MaxQuoteLength)] + "…";
        var head = $"{HarmlessText.Label(quote.Sender) ?? "unknown sender"}{(HarmlessText.Label(quote.MessageId) is { } id ? " id:" + id : "")}";
        return quote.IsExcerpt ? $"\n\n[Quoting {head}]\n\"{text}\"\n[/Quoting]" : $"\n\n[Replying to {head}]\n{text}\n[/Replying]";
    }
}
