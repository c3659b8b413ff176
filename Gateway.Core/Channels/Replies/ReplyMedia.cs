using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Tools.Files;
using OpenClaw.Gateway.Core.Channels.Media;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Egress;

namespace OpenClaw.Gateway.Core.Channels.Replies;

/// <summary>
/// Gets the files that an answer names: from the internet by the guarded way, or from the agent's workspace and the gateway's own media directory. A
/// model that was talked into naming another file of this machine gets an error, and the file stays here.
/// </summary>
internal sealed class ReplyMedia(
    EgressFetcher fetcher, AgentWorkspace workspace, IAgentConfiguration agents, ConfigStore configuration, MediaDirectories directories, OutboundFiles files)
{
    /// <summary>Largest file that is sent where nothing is set, in MiB (channels.md A1, media).</summary>
    private const double DefaultMaxMegabytes = 5;

    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Loads one; the text says why not, for the user.</summary>
    public async Task<(OutboundMedia? Media, string? Problem)> LoadAsync(string reference, string agentId, string channel, bool asVoice, CancellationToken cancellationToken)
    {
        var maxBytes = MaxBytes(channel);
        try
        {
            if (reference.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || reference.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            {
                var fetched = await fetcher.FetchAsync(reference, new EgressLimits(maxBytes, MaxRedirects: 3, FetchTimeout), cancellationToken).ConfigureAwait(false);
                return fetched.Error is { } error ? (null, error) : (await StoreAsync(fetched.Bytes, NameOf(reference), fetched.ContentType?.MediaType, asVoice, cancellationToken).ConfigureAwait(false), null);
            }
            var path = reference.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? new Uri(reference).LocalPath : reference;
            var file = Resolve(path, agentId).OpenRead();
            await using (file.ConfigureAwait(false))
            {
                if (file.Length > maxBytes)
                    return (null, FormattableString.Invariant($"the file has {file.Length} bytes, and at most {maxBytes} are sent"));
                var bytes = new byte[file.Length];
                await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                return (await StoreAsync(bytes, Path.GetFileName(path), null, asVoice, cancellationToken).ConfigureAwait(false), null);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UriFormatException or NotSupportedException or ArgumentException)
        {
            return (null, e is UnauthorizedAccessException ? e.Message : "the file cannot be read");
        }
    }

    private RootedPath Resolve(string path, string agentId)
    {
        var media = directories.Root;
        if (Path.IsPathRooted(path) && Path.GetFullPath(path).StartsWith(media + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return new RootedDirectory(media, agents.HomeDir).Resolve(path);
        return new RootedDirectory(workspace.DirectoryOf(AgentOptions.From(agents.Root, agentId)), agents.HomeDir).Resolve(path);
    }

    private long MaxBytes(string channel)
    {
        var root = configuration.Current.Root;
        var megabytes = root.Section("channels").Section(channel).Number("mediaMaxMb") ?? root.Section("agents").Section("defaults").Number("mediaMaxMb");
        return (long)((megabytes is > 0 and <= 1024 and var set ? set : DefaultMaxMegabytes) * 1024 * 1024);
    }

    /// <summary>Its message only names it: what lies in a queue is small, and what is sent may be large.</summary>
    private async Task<OutboundMedia> StoreAsync(byte[] bytes, string? name, string? contentType, bool asVoice, CancellationToken cancellationToken)
    {
        var type = ImageType.Of(bytes) ?? (contentType is null or "application/octet-stream" ? MediaTypes.OfFileName(name) : contentType);
        var kind = type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? MediaKind.Image
            : type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) ? MediaKind.Video
            : type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) ? (asVoice ? MediaKind.Voice : MediaKind.Audio)
            : MediaKind.Document;
        var reference = await files.StoreAsync(bytes, cancellationToken).ConfigureAwait(false);
        return new OutboundMedia(kind, default, type) { Reference = reference, Length = bytes.Length, FileName = string.IsNullOrEmpty(name) ? null : name };
    }

    private static string? NameOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? Path.GetFileName(address.LocalPath) : null;
}
