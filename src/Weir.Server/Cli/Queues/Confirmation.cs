using System.CommandLine;
using Spectre.Console;

namespace Weir.Server.Cli.Queues;

/// <summary>Asks before messages are thrown away. Where nobody can answer, the answer has to be given beforehand.</summary>
internal static class Confirmation
{
    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static bool IsGiven(QueueSession session, string question)
    {
        if (session.Parsed.GetValue(Yes)) return true;
        if (Console.IsInputRedirected)
        {
            throw new CommandFailure(
                ExitCodes.Usage, "This throws messages away, and there is nobody to ask: pass --yes if you mean it.");
        }

        return QueueSession.Screen.Confirm(Markup.Escape(question), defaultValue: false);
    }
}
