using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Core.Http.Answers;

/// <summary>Writes JSON answers.</summary>
internal static class ApiAnswers
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>Readers are programs, never HTML: letters stay letters.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return WriteAsync(context, status, buffer.WrittenMemory);
    }

    public static async Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = Json;
        response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
    }

    public static Task WriteAsync(HttpContext context, ApiError error)
    {
        Announce(context, error);
        return WriteAsync(context, error.Status, json => WriteError(json, error));
    }

    /// <summary>The error's headers.</summary>
    public static void Announce(HttpContext context, ApiError error)
    {
        var headers = context.Response.Headers;
        if (error.RetryAfter is { } wait)
            headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (error.Allow is { } allow)
            headers.Allow = allow;
        if (error.Status is StatusCodes.Status401Unauthorized)
            headers.WWWAuthenticate = "Bearer";
        // The rest of the body is thrown away, so the connection is of no more use.
        if (error.Status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout)
            headers.Connection = "close";
    }

    /// <summary>An object with the error in it.</summary>
    public static void WriteError(Utf8JsonWriter json, ApiError error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Type);
        if (error.Param is { } param)
            json.WriteString("param", param);
        if (error.Code is { } code)
            json.WriteString("code", code);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
