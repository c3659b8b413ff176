using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Journal;

namespace OpenClaw.Gateway.Bus.InProcess;

/// <summary>
/// Numbers that only rise, over restarts too. The file holds a number that is higher than every one given out, so it is
/// written once per block and a restart skips what was left of a block.
/// </summary>
internal sealed partial class FencingTokens(StateDirectory directory, TimeProvider time, ILogger<FencingTokens> logger) : IDisposable
{
    private const int BlockSize = 1000;
    private const string FileName = "fencing";

    private readonly SemaphoreSlim _reserving = new(1);
    private readonly Lock _gate = new();
    private long _last;
    private long _reserved;

    /// <summary>The next number; false when a block has to be reserved first.</summary>
    public bool TryTake(out long token)
    {
        lock (_gate)
        {
            token = _last < _reserved ? ++_last : 0;
            return token > 0;
        }
    }

    /// <summary>Makes the next block durable, unless somebody just did.</summary>
    /// <exception cref="IOException">The state directory cannot be read or written.</exception>
    public async Task ReserveAsync(CancellationToken cancellationToken)
    {
        await _reserving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_gate)
            {
                if (_last < _reserved)
                    return;
            }
            var path = Path.Combine(directory.Open(), FileName);
            var floor = Math.Max(_reserved, Read(path));
            Write(path, floor + BlockSize);
            lock (_gate)
            {
                _last = floor;
                _reserved = floor + BlockSize;
            }
        }
        finally
        {
            _reserving.Release();
        }
    }

    public void Dispose() => _reserving.Dispose();

    private long Read(string path)
    {
        if (!File.Exists(path))
            return 0;
        var text = File.ReadAllText(path).Trim();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mark) && mark < long.MaxValue - BlockSize)
            return mark;
        // Counting from 1 with a block per start never reaches the milliseconds since 1970, so these are above every token there was.
        LogDamaged(path);
        return time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    private void Write(string path, long mark)
    {
        try
        {
            DurableFile.Replace(path, mark.ToString(CultureInfo.InvariantCulture) + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(exception, path);
            throw exception as IOException ?? new IOException(exception.Message, exception);
        }
    }

    [LoggerMessage(BusEvents.FencingStateDamaged, LogLevel.Warning, "{Path} does not hold a number; fencing tokens continue from the clock")]
    private partial void LogDamaged(string path);

    [LoggerMessage(BusEvents.FencingStateUnwritable, LogLevel.Error, "{Path} cannot be written; no lease can be given")]
    private partial void LogUnwritable(Exception exception, string path);
}
