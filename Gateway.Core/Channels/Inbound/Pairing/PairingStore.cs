using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Pairing;

/// <summary>
/// Senders that wait for approval and senders that have it, in the files that the peer's tools read and write too
/// (<c>credentials/&lt;channel&gt;-pairing.json</c>, <c>credentials/&lt;channel&gt;-allowFrom.json</c>).
/// </summary>
/// <param name="directory">The credentials directory.</param>
/// <param name="time">The clock.</param>
public sealed class PairingStore(string directory, TimeProvider time)
{
    /// <summary>Senders that wait at the same time; the peer's number. More get no code, so that a crowd cannot bury a real request.</summary>
    public const int MaxPending = 3;

    /// <summary>Characters of a code; the peer's number.</summary>
    public const int CodeLength = 8;

    /// <summary>Without what looks alike: 0 and O, 1 and I.</summary>
    public const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int MaxMetaLength = 128;

    private static readonly PairingJsonContext Json = new(new JsonSerializerOptions(PairingJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Notes that a sender asks to be let in.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="senderId">Its id there.</param>
    /// <param name="meta">What it calls itself.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    /// <returns>Its code, and whether that is new; null when too many wait already.</returns>
    /// <exception cref="IOException">The files cannot be locked, read or written.</exception>
    public async Task<(string Code, bool IsNew)?> RequestAsync(string channel, string senderId, IReadOnlyDictionary<string, string?> meta, CancellationToken cancellationToken)
    {
        var path = PathOf(channel, "pairing");
        using var held = await DirectoryLock.AcquireAsync(path, time, cancellationToken).ConfigureAwait(false);
        var requests = await ReadRequestsAsync(path, cancellationToken).ConfigureAwait(false);
        var now = Now();
        var id = AllowList.Normalize(channel, senderId);
        var known = requests.FindIndex(request => request.Id == id);
        if (known >= 0)
        {
            requests[known] = requests[known] with { LastSeenAt = now, Meta = MetaOf(meta) ?? requests[known].Meta };
            await WriteAsync(path, requests, cancellationToken).ConfigureAwait(false);
            return (requests[known].Code, false);
        }
        if (requests.Count >= MaxPending)
            return null;
        var code = NewCode(requests);
        requests.Add(new ChannelPairingRequest(id, code, now, now) { Meta = MetaOf(meta) });
        await WriteAsync(path, requests, cancellationToken).ConfigureAwait(false);
        return (code, true);
    }

    /// <summary>The senders that wait, oldest first; those whose time is over are left out.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<IReadOnlyList<ChannelPairingRequest>> ListAsync(string channel, CancellationToken cancellationToken) =>
        await ReadRequestsAsync(PathOf(channel, "pairing"), cancellationToken).ConfigureAwait(false);

    /// <summary>Lets the sender of a code in, for good. Null when no request has this code.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="code">In any case.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    /// <exception cref="IOException">The files cannot be locked, read or written.</exception>
    /// <exception cref="JsonException">The file of approved senders is not one; it is left as it is.</exception>
    public async Task<ChannelPairingRequest?> ApproveAsync(string channel, string code, CancellationToken cancellationToken)
    {
        var path = PathOf(channel, "pairing");
        using var held = await DirectoryLock.AcquireAsync(path, time, cancellationToken).ConfigureAwait(false);
        var requests = await ReadRequestsAsync(path, cancellationToken).ConfigureAwait(false);
        var found = requests.FindIndex(request => string.Equals(request.Code, code.Trim(), StringComparison.OrdinalIgnoreCase));
        if (found < 0)
            return null;
        var request = requests[found];
        // Let in first: killed in between, the code still stands, and approving again changes nothing.
        await AllowAsync(channel, request.Id, cancellationToken).ConfigureAwait(false);
        requests.RemoveAt(found);
        await WriteAsync(path, requests, cancellationToken).ConfigureAwait(false);
        return request;
    }

    /// <summary>The senders that were let in.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<IReadOnlyList<string>> ReadAllowedAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAllowFromAsync(PathOf(channel, "allowFrom"), cancellationToken).ConfigureAwait(false)).AllowFrom;
        }
        catch (JsonException)
        {
            // What cannot be understood lets nobody in.
            return [];
        }
    }

    /// <summary>Lets a sender in, for good.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="id">The sender.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    /// <exception cref="IOException">The file cannot be locked, read or written.</exception>
    /// <exception cref="JsonException">The file of approved senders is not one; it is left as it is.</exception>
    public async Task AllowAsync(string channel, string id, CancellationToken cancellationToken)
    {
        var path = PathOf(channel, "allowFrom");
        using var held = await DirectoryLock.AcquireAsync(path, time, cancellationToken).ConfigureAwait(false);
        var file = await ReadAllowFromAsync(path, cancellationToken).ConfigureAwait(false);
        var entry = AllowList.Normalize(channel, id);
        if (entry.Length == 0 || entry == "*" || file.AllowFrom.Contains(entry, StringComparer.Ordinal))
            return;
        await AtomicFile.WriteAsync(path, Text(JsonSerializer.SerializeToUtf8Bytes(file with { AllowFrom = [.. file.AllowFrom, entry] }, Json.AllowFromFile)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets a sender in no more. False when it is not in the file.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="id">The sender.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    /// <exception cref="IOException">The file cannot be locked, read or written.</exception>
    /// <exception cref="JsonException">The file of approved senders is not one; it is left as it is.</exception>
    public async Task<bool> DisallowAsync(string channel, string id, CancellationToken cancellationToken)
    {
        var path = PathOf(channel, "allowFrom");
        using var held = await DirectoryLock.AcquireAsync(path, time, cancellationToken).ConfigureAwait(false);
        var file = await ReadAllowFromAsync(path, cancellationToken).ConfigureAwait(false);
        var entry = AllowList.Normalize(channel, id);
        IReadOnlyList<string> left = [.. file.AllowFrom.Where(known => !AllowList.Normalize(channel, known).Equals(entry, StringComparison.OrdinalIgnoreCase))];
        if (left.Count == file.AllowFrom.Count)
            return false;
        await AtomicFile.WriteAsync(path, Text(JsonSerializer.SerializeToUtf8Bytes(file with { AllowFrom = left }, Json.AllowFromFile)), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<AllowFromFile> ReadAllowFromAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            // Ids may be numbers where somebody wrote the file by hand.
            var written = JsonNode.Parse(text)?["allowFrom"] as JsonArray ?? throw new JsonException($"{path} is not a list of approved senders");
            return new AllowFromFile(1, [.. written.OfType<JsonValue>().Where(static item => item.GetValueKind() is JsonValueKind.String or JsonValueKind.Number).Select(static item => item.ToString())]);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException($"{path} is not a list of approved senders", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new AllowFromFile(1, []);
        }
    }

    private async Task<List<ChannelPairingRequest>> ReadRequestsAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            var file = JsonSerializer.Deserialize(text, Json.PairingRequestsFile);
            var oldest = time.GetUtcNow() - Lifetime;
            return [.. (file?.Requests ?? []).Where(request => request is { Id.Length: > 0, Code.Length: > 0 } && CreatedAt(request) is { } at && at > oldest)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // Codes of an hour: whoever waits asks again.
            return [];
        }
    }

    private static DateTimeOffset? CreatedAt(ChannelPairingRequest request) =>
        DateTimeOffset.TryParse(request.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static Task WriteAsync(string path, List<ChannelPairingRequest> requests, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(path, Text(JsonSerializer.SerializeToUtf8Bytes(new PairingRequestsFile(1, requests), Json.PairingRequestsFile)), cancellationToken);

    private static byte[] Text(byte[] json) => [.. json, (byte)'\n'];

    private static string NewCode(List<ChannelPairingRequest> others)
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, CodeLength);
            if (others.TrueForAll(other => other.Code != code))
                return code;
        }
    }

    private static JsonObject? MetaOf(IReadOnlyDictionary<string, string?> meta)
    {
        var written = new JsonObject();
        foreach (var (name, value) in meta)
        {
            if (value?.Trim() is { Length: > 0 } text)
                written[name] = text.Length <= MaxMetaLength ? text : text[..MaxMetaLength];
        }
        return written.Count > 0 ? written : null;
    }

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Channel ids come from the command line too; a file's name they may not leave.</summary>
    private string PathOf(string channel, string kind)
    {
        var name = string.Concat(channel.Trim().ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        if (name.Length is 0 or > 64)
            throw new ArgumentException("not a channel id", nameof(channel));
        return Path.Combine(directory, $"{name}-{kind}.json");
    }
}
