using System.Buffers;
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

/// <summary>Reads a JSON body: up to a size, up to a depth, in bounded time, in valid UTF-8.</summary>
internal sealed class ApiBody(TimeProvider time)
{
    /// <summary>Deeper nesting has no use in any of the requests.</summary>
    private const int MaxDepth = 64;

    /// <summary>A body has to be there by then. The server's own minimum rate (240 bytes a second) ends idle ones earlier.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly JsonElement Nothing = Parse("{}"u8.ToArray()).Root;

    /// <summary>Reads the body, of any content type, as the original does.</summary>
    public async Task<ApiBodyResult> ReadAsync(HttpContext context, long limit)
    {
        var request = context.Request;
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return Failed(new ApiError(StatusCodes.Status415UnsupportedMediaType, ApiError.InvalidRequest, "Compressed bodies are not taken; send it without Content-Encoding."));
        // The limit is ours to tell: the server's own would end the connection where the caller still writes.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null;
        if (request.ContentLength > limit)
            return Failed(ApiError.TooLarge(limit));
        try
        {
            using var late = new CancellationTokenSource(Deadline, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
            return await ReadAsync(request, limit, either.Token).ConfigureAwait(false) is { } bytes ? Parse(bytes) : Failed(ApiError.TooLarge(limit));
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

    private static async Task<byte[]?> ReadAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        var expected = (int)Math.Min(request.ContentLength ?? 4096, limit);
        var buffer = new ArrayBufferWriter<byte>(Math.Max(1, expected) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(1), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return buffer.WrittenSpan.ToArray();
            buffer.Advance(read);
            if (buffer.WrittenCount > limit)
                return null;
        }
    }

    private static ApiBodyResult Parse(byte[] bytes)
    {
        if (bytes.AsSpan().Trim(" \t\r\n"u8).Length == 0)
            return new ApiBodyResult(Nothing, bytes, null);
        if (!Utf8.IsValid(bytes))
            return Failed(Malformed("the body is not valid UTF-8"));
        try
        {
            if (JsonText.HasBrokenText(bytes, MaxDepth))
                return Failed(Malformed("a string holds half of a surrogate pair"));
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return new ApiBodyResult(document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : Nothing, bytes, null);
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
