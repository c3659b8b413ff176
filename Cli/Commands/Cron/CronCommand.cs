using System.CommandLine;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Cron;

/// <summary><c>openclaw cron</c>: jobs that the gateway runs by the clock.</summary>
internal static class CronCommand
{
    public static Command Create(CommandContext context) => new("cron", "Jobs that run by the clock.")
    {
        Status(context),
        List(context),
        Add(context),
        Edit(context),
        Remove(context),
        Switch(context, "enable", "Switch a job on.", isOn: true),
        Switch(context, "disable", "Switch a job off.", isOn: false),
        Run(context),
        Runs(context),
    };

    private static Command Status(CommandContext context)
    {
        var flags = new ClientFlags(CronRun.UsualTimeoutMs);
        var command = new Command("status", "Show whether jobs run, how many there are, and when the next one is due. JSON always.");
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new CronRun(context, flags.Read(result)).PrintAsync("cron.status", [], cancellation));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var flags = new ClientFlags(CronRun.UsualTimeoutMs);
        var all = new Option<bool>("--all") { Description = "Also jobs that are switched off." };
        var command = new Command("list", "Show the jobs, the next one first.") { all };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new CronRun(context, flags.Read(result)).ListAsync(result.GetValue(all), cancellation));
        return command;
    }

    private static Command Add(CommandContext context)
    {
        var flags = new ClientFlags(CronRun.UsualTimeoutMs);
        var options = new CronJobOptions();
        var disabled = new Option<bool>("--disabled") { Description = "Make it switched off." };
        var command = new Command("add", "Make a job. JSON always.") { disabled };
        command.Aliases.Add("create");
        options.AddTo(command);
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new CronRun(context, flags.Read(result)).AddAsync(options.Read(result), result.GetValue(disabled), cancellation));
        return command;
    }

    private static Command Edit(CommandContext context)
    {
        var flags = new ClientFlags(CronRun.UsualTimeoutMs);
        var options = new CronJobOptions();
        var id = Id();
        var on = new Option<bool>("--enable") { Description = "Switch it on." };
        var off = new Option<bool>("--disable") { Description = "Switch it off." };
        var noAgent = new Option<bool>("--clear-agent") { Description = "Leave the job to the default agent." };
        var command = new Command("edit", "Change what is named of a job. JSON always.") { id, on, off, noAgent };
        options.AddTo(command);
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new CronRun(context, flags.Read(result)).EditAsync(
            result.GetValue(id)!, options.Read(result), result.GetValue(on), result.GetValue(off), result.GetValue(noAgent), cancellation));
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var flags = new ClientFlags(CronRun.UsualTimeoutMs);
        var id = Id();
        var command = new Command("rm", "Remove a job. JSON always.") { id };
        command.Aliases.Add("remove");
        command.Aliases.Add("delete");
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new CronRun(context, flags.Read(result)).PrintAsync("cron.remove", new JsonObject { ["id"] = result.GetValue(id) }, cancellation));
        return command;
    }

    private static Command Switch(CommandContext context, string name, string description, bool isOn)
    {
        var flags = new ClientFlags(CronRun.UsualTimeoutMs);
        var id = Id();
        var command = new Command(name, description + " JSON always.") { id };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new CronRun(context, flags.Read(result)).PrintAsync(
            "cron.update", new JsonObject { ["id"] = result.GetValue(id), ["patch"] = new JsonObject { ["enabled"] = isOn } }, cancellation));
        return command;
    }

    private static Command Run(CommandContext context)
    {
        var flags = new ClientFlags(CronRun.RunTimeoutMs);
        var id = Id();
        var due = new Option<bool>("--due") { Description = "Only if it is due." };
        var force = new Option<bool>("--force") { Description = "Also if it is not due; so it is anyway." };
        var command = new Command("run", "Run a job now and wait for its end. JSON always.") { id, due, force };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new CronRun(context, flags.Read(result), CronRun.RunTimeoutMs).PrintAsync(
            "cron.run", new JsonObject { ["id"] = result.GetValue(id), ["mode"] = result.GetValue(due) ? "due" : "force" }, cancellation));
        return command;
    }

    private static Command Runs(CommandContext context)
    {
        var flags = new ClientFlags(CronRun.UsualTimeoutMs);
        var id = new Option<string>("--id") { Description = "The job.", HelpName = "id", Required = true };
        var limit = new Option<int>("--limit") { Description = "How many at most (50).", HelpName = "n", DefaultValueFactory = static _ => 50 };
        var command = new Command("runs", "Show how a job's runs ended, the last one last. JSON always.") { id, limit };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new CronRun(context, flags.Read(result)).PrintAsync(
            "cron.runs", new JsonObject { ["id"] = result.GetValue(id), ["limit"] = result.GetValue(limit) }, cancellation));
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "Id of the job, as the list shows it." };
}
