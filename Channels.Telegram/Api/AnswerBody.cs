namespace OpenClaw.Channels.Telegram.Api;

/// <summary>As much of an answer as came.</summary>
/// <param name="Bytes">What came.</param>
/// <param name="IsComplete">It is all of it.</param>
/// <param name="IsTooLarge">There is more than allowed.</param>
internal sealed record AnswerBody(byte[] Bytes, bool IsComplete, bool IsTooLarge)
{
    public static async Task<AnswerBody> ReadAsync(HttpContent content, long limit, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
                {
                    if (bytes.Length + read > limit)
                        return new AnswerBody([], false, true);
                    bytes.Write(buffer, 0, read);
                }
            }
            return new AnswerBody(bytes.ToArray(), true, false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && bytes.Length > 0))
        {
            // What came may still say what was done.
            return new AnswerBody(bytes.ToArray(), false, false);
        }
    }
}
