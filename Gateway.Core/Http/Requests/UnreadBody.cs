using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>
/// What is left of the body of a request that is answered already. Many callers write all of it before they read: where the connection
/// ended under them they would see a reset, and never the answer.
/// </summary>
internal sealed class UnreadBody(TimeProvider time)
{
    /// <summary>How long a caller may go on writing. The server's own patience is 5 seconds, too short for a slow line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int BufferBytes = 16 * 1024;

    /// <summary>Reads it and throws it away, until <paramref name="stopping"/>. Does nothing where all of it was read.</summary>
    public async Task DiscardAsync(HttpContext context, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted, stopping);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, either.Token).ConfigureAwait(false) > 0)
                continue;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It has taken too long, or the caller has gone: the server ends the connection.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
