using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.Telegram;

/// <summary>A call of a method, in the order of arrival.</summary>
/// <param name="Number">Counts the calls of a bot from 1.</param>
/// <param name="Method">For example <c>sendMessage</c>.</param>
/// <param name="Parameters">What was given, whatever the encoding; a file that was uploaded is its name.</param>
public sealed record RecordedCall(int Number, string Method, JsonObject Parameters)
{
    /// <summary>Files that were uploaded, by the name of their part.</summary>
    public IReadOnlyDictionary<string, UploadedFile> Files { get; init; } = new Dictionary<string, UploadedFile>();

    /// <summary>A parameter as text; null when it was not given.</summary>
    public string? this[string name] => Parameters[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var node => node.ToJsonString(),
    };
}

/// <summary>A file that was uploaded.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="ContentType">Its type as declared.</param>
/// <param name="Content">Its bytes.</param>
public sealed record UploadedFile(string FileName, string? ContentType, byte[] Content);

/// <summary>A message that a bot has sent and that is there.</summary>
/// <param name="ChatId">The chat.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Text">Its text or caption as sent.</param>
public sealed record SentMessage(long ChatId, int MessageId, string Text)
{
    /// <summary>When it came, of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long Timestamp { get; } = System.Diagnostics.Stopwatch.GetTimestamp();
}
