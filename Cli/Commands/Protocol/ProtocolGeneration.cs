using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Protocol.Generation;

namespace OpenClaw.Cli.Commands.Protocol;

/// <summary>Writes the generated files of the contract, or tells which of them are stale.</summary>
internal sealed class ProtocolGeneration(CommandContext context, ContractDocs docs)
{
    /// <summary>0 when all files are as they should be, 1 otherwise.</summary>
    public async Task<int> ExecuteAsync(string directory, bool checkOnly, CancellationToken cancellation)
    {
        // Files without comments would look like a change of the contract.
        if (docs.IsEmpty)
            return await FailAsync($"{ContractDocs.FileName} is not beside the program; build it from the sources").ConfigureAwait(false);
        var target = Path.GetFullPath(directory);
        if (!Directory.Exists(target))
            return await FailAsync($"there is no directory {target}; run this in the root of the repository, or pass --out").ConfigureAwait(false);

        var stale = 0;
        foreach (var file in new ProtocolArtifacts(docs).Generate())
        {
            var path = Path.Combine(target, file.FileName);
            if (File.Exists(path) && (await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false)).AsSpan().SequenceEqual(file.Utf8.Span))
                continue;
            stale++;
            if (!checkOnly)
                await File.WriteAllBytesAsync(path, file.Utf8, cancellation).ConfigureAwait(false);
            await context.Out.WriteLineAsync($"{(checkOnly ? "stale" : "wrote")} {path}").ConfigureAwait(false);
        }
        if (stale == 0)
            await context.Out.WriteLineAsync("up to date").ConfigureAwait(false);
        return checkOnly && stale > 0 ? 1 : 0;
    }

    private async Task<int> FailAsync(string reason)
    {
        await context.Error.WriteLineAsync("error: " + reason).ConfigureAwait(false);
        return 1;
    }
}
