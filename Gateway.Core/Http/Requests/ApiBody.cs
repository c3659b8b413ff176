using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Gateway.Core.Buffers;
using OpenClaw.Gateway.Core.Http.Answers;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>A body that was read.</summary>
/// <param name="Root">Its object; of any other JSON value the original makes an empty one.</param>
/// <param name="Bytes">As it came.</param>
/// <param name="Error">Why there is none.</param>
internal readonly record struct ApiBodyResult(JsonElement Root, ReadOnlyMemory<byte> Bytes, ApiError? Error);

/// <summary>Reads a JSON body: up to a size, up to a depth, in bounded time and memory, in valid UTF-8.</summary>
internal sealed class ApiBody(BodyBudget budget, TimeProvider time)
{
    /// <summary>Deeper nesting has no use in any of the requests.</summary>
    private const int MaxDepth = 64;

    /// <summary>Room for nearly all bodies; it grows with what has come, not with what is announced.</summary>
    private const int FirstBytes = 16 * 1024;

    /// <summary>A body has to be there by then. The server's own minimum rate (240 bytes a second) ends idle ones earlier.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly JsonElement Nothing = Parse("{}"u8.ToArray()).Root;

    /// <summary>Reads the body, of any content type, as the original does.</summary>
    public async Task<ApiBodyResult> ReadAsync(HttpContext context, long limit)
    {
        var request = context.Request;
        // The limit is ours to tell: the server's own would end the connection where the caller still writes.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null;
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return Failed(new ApiError(StatusCodes.Status415UnsupportedMediaType, ApiError.InvalidRequest, "Compressed bodies are not taken; send it without Content-Encoding."));
        if (request.ContentLength > limit)
            return Failed(ApiError.TooLarge(limit));
        var share = budget.Open();
        // What was read out of the body lives as long as its request.
        context.Response.RegisterForDispose(share);
        try
        {
            using var late = new CancellationTokenSource(Deadline, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
            var (bytes, error) = await ReadAsync(request, share, limit, either.Token).ConfigureAwait(false);
            return error is null ? Parse(bytes) : Failed(error);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Failed(TooSlow());
        }
        catch (BadHttpRequestException bad)
        {
            return Failed(Unreadable(bad));
        }
    }

    /// <summary>What the server found wrong with a request, in our form.</summary>
    public static ApiError Unreadable(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => TooSlow(),
        StatusCodes.Status413PayloadTooLarge => new ApiError(bad.StatusCode, "request_too_large", "The body is too large."),
        var status => new ApiError(status, ApiError.InvalidRequest, "The request's body cannot be read."),
    };

    private static ApiError TooSlow() => new(StatusCodes.Status408RequestTimeout, ApiError.InvalidRequest, "The body did not come in time.");

    private static async Task<(ReadOnlyMemory<byte> Bytes, ApiError? Error)> ReadAsync(HttpRequest request, BodyBudget.Share share, long limit, CancellationToken cancellationToken)
    {
        var most = (int)Math.Min((request.ContentLength ?? limit) + 1, int.MaxValue - 1024);
        byte[] buffer = [];
        for (var count = 0; ;)
        {
            if (count == buffer.Length)
            {
                var size = Math.Min(most, Math.Max(FirstBytes, count * 2));
                if (!share.TryGrowTo(size))
                    return (default, ApiError.Unavailable("The gateway holds as many requests as it has memory for. Try again."));
                Array.Resize(ref buffer, size);
            }
            var read = await request.Body.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return (buffer.AsMemory(0, count), null);
            count += read;
            if (count > limit)
                return (default, ApiError.TooLarge(limit));
        }
    }

    private static ApiBodyResult Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.Trim(" \t\r\n"u8).Length == 0)
            return new ApiBodyResult(Nothing, bytes, null);
        if (!Utf8.IsValid(bytes.Span))
            return Failed(Malformed("the body is not valid UTF-8"));
        try
        {
            if (JsonText.HasBrokenText(bytes.Span, MaxDepth))
                return Failed(Malformed("a string holds half of a surrogate pair"));
            // Not disposed: its elements are read as long as the request is; what a run keeps of it is cloned.
            var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return new ApiBodyResult(document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement : Nothing, bytes, null);
        }
        catch (JsonException e)
        {
            return Failed(Malformed(FormattableString.Invariant($"the body is not JSON of at most {MaxDepth} levels without repeated names, at line {(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine ?? 0}")));
        }
    }

    /// <summary>The first word is what clients of the original know it by.</summary>
    private static ApiError Malformed(string detail) => ApiError.Invalid($"SyntaxError: {detail}", code: "invalid_json");

    private static ApiBodyResult Failed(ApiError error) => new(default, default, error);
}
