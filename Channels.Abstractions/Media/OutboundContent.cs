using System.Text.Json;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Channels.Abstractions.Media;

/// <summary>The bytes of a file that is to be sent, or why they are not to be had.</summary>
public sealed class OutboundContent : IAsyncDisposable
{
    private static readonly TimeSpan PartTimeout = TimeSpan.FromSeconds(15);

    private readonly SpooledFile? _file;

    private OutboundContent(Stream? stream, SpooledFile? file, string? problem, bool mayComeLater) => (Stream, _file, Problem, MayComeLater) = (stream, file, problem, mayComeLater);

    /// <summary>The bytes from their beginning, all of them here; null when there is a <see cref="Problem"/>.</summary>
    public Stream? Stream { get; }

    /// <summary>Why there are none, for people.</summary>
    public string? Problem { get; }

    /// <summary>It is worth trying again: nobody answered who has the file.</summary>
    public bool MayComeLater { get; }

    internal static async Task<OutboundContent> OpenAsync(IBus bus, OutboundMedia media, CancellationToken cancellationToken, Func<SpooledFile>? createFile = null)
    {
        if (media.Reference is not { } reference)
            return new OutboundContent(new MemoryStream(media.Content.ToArray(), writable: false), null, null, false);
        try
        {
            return await FetchAsync(bus, media, reference, (createFile ?? SpooledFile.Create)(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the message, which names paths.
            return Failed($"the file could not be stored for sending ({e.GetType().Name}); is the disk full?", mayComeLater: true);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Stream is not null)
            await Stream.DisposeAsync().ConfigureAwait(false);
        if (_file is not null)
            await _file.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<OutboundContent> FetchAsync(IBus bus, OutboundMedia media, string reference, SpooledFile file, CancellationToken cancellationToken)
    {
        var isWhole = false;
        try
        {
            while (file.Stream.Length < media.Length)
            {
                var request = JsonSerializer.SerializeToUtf8Bytes(new MediaPartRequest(reference, file.Stream.Length), ChannelJsonContext.Default.MediaPartRequest);
                CallResult part;
                try
                {
                    part = await bus.Calls.CallAsync(ChannelNames.MediaService, request, new CallOptions { Timeout = PartTimeout }, cancellationToken).ConfigureAwait(false);
                }
                catch (BusUnavailableException e)
                {
                    return Failed(e.Message, mayComeLater: true);
                }
                if (!part.IsAnswered)
                    return Failed("the core that has the file does not answer", mayComeLater: true);
                if (part.Payload.IsEmpty || part.Payload.Length > media.Length - file.Stream.Length)
                    return Failed("the file is not there any more", mayComeLater: false);
                await file.Stream.WriteAsync(part.Payload, cancellationToken).ConfigureAwait(false);
            }
            file.Stream.Position = 0;
            isWhole = true;
            return new OutboundContent(file.Stream, file, null, false);
        }
        finally
        {
            if (!isWhole)
                await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static OutboundContent Failed(string problem, bool mayComeLater) => new(null, null, problem, mayComeLater);
}
