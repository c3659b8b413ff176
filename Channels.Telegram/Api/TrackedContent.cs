using System.Net;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>Knows whether any of a request can have gone out: as long as its content was not asked for there was no connection to send it on.</summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent _inner;

    public TrackedContent(HttpContent inner)
    {
        _inner = inner;
        foreach (var header in inner.Headers)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    public bool HasStarted { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasStarted = true;
        return _inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
