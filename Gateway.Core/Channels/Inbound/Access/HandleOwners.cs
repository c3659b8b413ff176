using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Access;

/// <summary>
/// Whose a handle on an allowlist is. Handles change hands, and a bot cannot ask whose one is: it belongs to the first who writes under it, for good, in
/// <c>credentials/&lt;channel&gt;-handles.json</c>. Somebody else who has it later is a stranger, until the entry is taken out of that file.
/// </summary>
internal sealed class HandleOwners(GatewayEnvironment environment, TimeProvider time, Audit audit)
{
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, string>> _known = new(StringComparer.Ordinal);

    /// <summary>Whether a sender has the right to a handle that is on a list. The first one who asks gets it.</summary>
    /// <exception cref="IOException">The file cannot be read or written: nobody is let in by a handle then.</exception>
    public async Task<bool> OwnsAsync(string channel, string handle, string senderId, CancellationToken cancellationToken)
    {
        var name = handle.ToLowerInvariant();
        if (!_known.TryGetValue(channel, out var owners) || !owners.TryGetValue(name, out var owner))
            owner = await ClaimAsync(channel, name, senderId, cancellationToken).ConfigureAwait(false);
        if (owner == senderId)
            return true;
        audit.HandleOfAnother(channel, handle, senderId);
        return false;
    }

    private async Task<string> ClaimAsync(string channel, string name, string senderId, CancellationToken cancellationToken)
    {
        var path = Path.Combine(environment.CredentialsDirectory, $"{channel}-handles.json");
        using var turn = await DirectoryLock.AcquireAsync(path, time, cancellationToken).ConfigureAwait(false);
        var owners = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (!owners.ContainsKey(name))
        {
            owners = owners.SetItem(name, senderId);
            await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(new HandlesFile(1, owners), HandlesJsonContext.Default.HandlesFile), cancellationToken).ConfigureAwait(false);
            audit.HandleClaimed(channel, name, senderId);
        }
        _known[channel] = owners;
        return owners[name];
    }

    private static async Task<ImmutableDictionary<string, string>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), HandlesJsonContext.Default.HandlesFile);
            return file?.Owners?.ToImmutableDictionary(static pair => pair.Key.ToLowerInvariant(), static pair => pair.Value, StringComparer.Ordinal) ?? throw new IOException($"{path} is not a list of handles");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ImmutableDictionary<string, string>.Empty;
        }
        catch (JsonException e)
        {
            // Whose they were is not forgotten because a file is broken.
            throw new IOException($"{path} cannot be read", e);
        }
    }
}

/// <summary><c>&lt;channel&gt;-handles.json</c>.</summary>
internal sealed record HandlesFile(int Version, IReadOnlyDictionary<string, string>? Owners);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HandlesFile))]
internal sealed partial class HandlesJsonContext : JsonSerializerContext;
