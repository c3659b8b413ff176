using System.CommandLine;
using System.Text;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Protocol.Generation;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Cli.Commands.Protocol;

/// <summary><c>openclaw protocol</c>: the wire contract as files.</summary>
internal static class ProtocolCommand
{
    public static Command Create(CommandContext context)
    {
        var schema = new Command("schema", "Print the protocol as JSON Schema (draft-07).");
        schema.SetAction((_, cancellation) => PrintSchemaAsync(context, cancellation));

        var output = new Option<string>("--out") { Description = "Directory to write to.", DefaultValueFactory = _ => ProtocolArtifacts.Directory };
        var check = new Option<bool>("--check") { Description = "Write nothing; fail when a file is not up to date." };
        var generate = new Command("gen", "Write the JSON Schema and the TypeScript and Swift models of the protocol.") { output, check };
        generate.SetAction((result, cancellation) =>
            new ProtocolGeneration(context, ContractDocs.LoadFrom(AppContext.BaseDirectory)).ExecuteAsync(result.GetValue(output)!, result.GetValue(check), cancellation));

        return new Command("protocol", "Print the wire protocol, or generate models from it.") { schema, generate };
    }

    private static async Task<int> PrintSchemaAsync(CommandContext context, CancellationToken cancellation)
    {
        var docs = ContractDocs.LoadFrom(AppContext.BaseDirectory);
        if (docs.IsEmpty)
            await context.Error.WriteLineAsync($"note: without descriptions, {ContractDocs.FileName} is not beside the program").ConfigureAwait(false);
        await context.Out.WriteAsync(Encoding.UTF8.GetString(new JsonSchemaWriter(docs).Write().Span).AsMemory(), cancellation).ConfigureAwait(false);
        return 0;
    }
}
