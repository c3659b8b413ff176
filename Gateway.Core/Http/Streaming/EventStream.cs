using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Gateway.Core.Http.Answers;

namespace OpenClaw.Gateway.Core.Http.Streaming;

/// <summary>An answer of server-sent events. Events gather until <see cref="FlushAsync"/>, and leave in one write.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpContext _context;
    private readonly PipeWriter _writer;
    private readonly Utf8JsonWriter _json;

    private EventStream(HttpContext context)
    {
        _context = context;
        _writer = context.Response.BodyWriter;
        _json = new Utf8JsonWriter(_writer, ApiAnswers.Options);
    }

    public static EventStream Start(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        // For proxies of the nginx kind, which would hold the events back.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return new EventStream(context);
    }

    /// <summary>One event. Its data is one JSON value.</summary>
    /// <param name="name">Its type; null for a nameless one.</param>
    /// <param name="write">Writes the data.</param>
    public void Write(string? name, Action<Utf8JsonWriter> write) => Write(name, write, static (json, inner) => inner(json));

    /// <summary>The same, for the events of which there are many: <paramref name="write"/> need hold nothing.</summary>
    public void Write<T>(string? name, T data, Action<Utf8JsonWriter, T> write)
    {
        if (name is not null)
        {
            Encoding.UTF8.GetBytes("event: ", _writer);
            Encoding.UTF8.GetBytes(name, _writer);
            Encoding.UTF8.GetBytes("\n", _writer);
        }
        Append("data: "u8);
        _json.Reset();
        write(_json, data);
        _json.Flush();
        Append("\n\n"u8);
    }

    /// <summary>The mark after which no event comes.</summary>
    public void WriteDone() => Append("data: [DONE]\n\n"u8);

    /// <summary>A comment, which clients pass over: it shows proxies, and us, that the connection lives.</summary>
    public void WriteKeepAlive() => Append(": keep-alive\n\n"u8);

    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async ValueTask FlushAsync()
    {
        var result = await _writer.FlushAsync(_context.RequestAborted).ConfigureAwait(false);
        if (result.IsCanceled || result.IsCompleted)
            throw new OperationCanceledException(_context.RequestAborted);
    }

    public void Dispose() => _json.Dispose();

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_writer.GetSpan(bytes.Length));
        _writer.Advance(bytes.Length);
    }
}
