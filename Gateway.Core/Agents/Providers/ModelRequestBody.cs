using System.Net;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>
/// The JSON of a request to a model. A socket goes on holding the memory that it sent last, which for a streamed answer is as long as the
/// answer takes; so the end goes out by itself, through the small buffer that the connection has anyway.
/// </summary>
internal sealed class ModelRequestBody : HttpContent
{
    /// <summary>Fits into that buffer, which has 4096 bytes.</summary>
    private const int EndBytes = 1024;

    private readonly ReadOnlyMemory<byte> _json;

    public ModelRequestBody(ReadOnlyMemory<byte> json)
    {
        _json = json;
        Headers.ContentType = new("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var end = Math.Max(0, _json.Length - EndBytes);
        await stream.WriteAsync(_json[..end], cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(_json[end..], cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
