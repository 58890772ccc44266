### Der Brief auf Deutsch, mit Sie. Wer ihn durchgesehen hat, steht in languages.csv.

## Labels

title = Das Ergebnis Ihrer Brust-Untersuchung
dear = Guten Tag { $name },
dear-unknown = Guten Tag,
label-name = Name:
label-number = Patientennummer:
label-exam = Tag der Untersuchung:
label-side = Seite:
label-when = Wann:
label-who = Wer ruft an:
label-steps = So geht es weiter
label-talk = Bitte sprechen Sie mit uns auch darüber
label-more = Gut zu wissen
label-page = Brief für { $name }
side-left = linke Brust
side-right = rechte Brust
side-bilateral = beide Brüste
quadrant-upper-outer = oben außen
quadrant-upper-inner = oben innen
quadrant-lower-outer = unten außen
quadrant-lower-inner = unten innen
quadrant-upper = oben
quadrant-lower = unten
quadrant-inner = innen
quadrant-outer = außen
quadrant-subareolar = hinter der Brustwarze
quadrant-clock = bei { $clock } Uhr, von vorn gesehen
step-with-side = { $first }: { $second }
line = { $first }: { $second }
place-with-side = { $first }, { $second }

## Notices for the people who check the letter

notice-draft = ENTWURF - nicht freigegeben, nicht an die Patientin oder den Patienten geben
notice-held = ANGEHALTEN - muss zuerst ärztlich geprüft werden, nicht an die Patientin oder den Patienten geben
notice-refused = ABGELEHNT - dieser Brief kann noch nicht erstellt werden, nicht an die Patientin oder den Patienten geben
notice-missing = Es fehlt: { $first }
notice-example = Die Kontaktdaten sind Beispiele. Tragen Sie zuerst Ihre eigenen ein.
notice-deadline = Dieser Brief muss spätestens am { $date } ankommen.
notice-for = Für das Behandlungsteam: { $first }
review-needed = vom Programm geprüft, Durchsicht durch einen Menschen steht aus
review-done = durchgesehen von { $first } am { $date }
interpreter-needed = Dieser Brief ist auf Deutsch. Sie können um eine Dolmetscherin oder einen Dolmetscher bitten.

## When and who

when-by = Bis zum { $due }
when-around = Um den { $due }
when-soon = So bald wie möglich
when-then = danach um den { $dates }
when-series = { $first }, { $second }
when-confirm = Ihr Behandlungsteam nennt Ihnen den Termin.
who-schedule = { $reach ->
    [phone] Wir rufen Sie wegen eines Termins an. Noch kein Anruf? Bitte rufen Sie uns an: { $phone }.
   *[team] Ihr Behandlungsteam ruft Sie wegen eines Termins an. Noch kein Anruf? Bitte rufen Sie dort an.
  }
who-routine = { $reach ->
    [phone] Wir sagen Ihnen, wie Sie einen Termin bekommen. Fragen? Rufen Sie uns an: { $phone }.
   *[team] Ihr Behandlungsteam sagt Ihnen, wie Sie einen Termin bekommen.
  }
who-patient = { $reach ->
    [phone] Bitte rufen Sie uns wegen eines Termins an: { $phone }.
   *[team] Bitte rufen Sie Ihr Behandlungsteam wegen eines Termins an.
  }
who-team = { $reach ->
    [phone] Wir machen das für Sie und sagen Ihnen Bescheid. Fragen? Rufen Sie uns an: { $phone }.
   *[team] Ihr Behandlungsteam macht das für Sie und sagt Ihnen Bescheid.
  }
who-doctor = { $reach ->
    [phone] Ihre Ärztin oder Ihr Arzt ruft Sie an. Noch kein Anruf? Bitte rufen Sie uns an: { $phone }.
   *[team] Ihre Ärztin oder Ihr Arzt ruft Sie an. Noch kein Anruf? Bitte rufen Sie Ihr Behandlungsteam an.
  }
choose-between = Ihr Behandlungsteam wählt mit Ihnen aus: { $first }.

## Pictures

picture-place = Wo die Stelle ist
picture-place-caption = Etwa hier, so wie Sie sich im Spiegel sehen: { $first }.
picture-left = Links
picture-right = Rechts
picture-times = Wann was geschieht
picture-times-exam = Ihre Untersuchung
picture-number = 100 Punkte stehen für 100 Menschen. { $low } sind gefüllt: Diese Menschen haben Krebs. Die anderen { $restLow } haben keinen.

## The main message

msg-0 = Wir brauchen weitere Bilder, um Ihre Untersuchung abzuschließen.
msg-0-PR = Wir brauchen Ihre früheren Bilder, um Ihre Untersuchung abzuschließen.
msg-1 = Wir haben kein Zeichen von Krebs gesehen.
msg-2 = Wir haben kein Zeichen von Krebs gesehen.
msg-3 = Es ist sehr wahrscheinlich kein Krebs. Wir prüfen es noch einmal.
msg-M3 = Wir haben etwas gesehen, das weiter untersucht werden muss.
msg-4 = Sie brauchen eine Biopsie, damit wir wissen, was wir gesehen haben.
msg-4C = Sie brauchen bald eine Biopsie, damit wir wissen, was wir gesehen haben.
msg-5 = Sie brauchen bald eine Biopsie. Was wir gesehen haben, könnte Krebs sein.
msg-6 = Die Bilder zeigen den Krebs, den Ihr Behandlungsteam kennt.
msg-P = Wir warten auf das Ergebnis Ihrer Gewebeprobe.
msg-benign = In Ihrer Gewebeprobe wurde kein Krebs gefunden.
msg-high-risk = In Ihrer Gewebeprobe sind Zellen, die man genauer ansehen muss.
msg-dcis = In Ihrer Gewebeprobe wurde ein DCIS gefunden, eine sehr frühe Form von Brustkrebs.
msg-invasive = In Ihrer Gewebeprobe wurde Brustkrebs gefunden.
msg-malignant = In Ihrer Gewebeprobe wurden Krebszellen gefunden.
msg-repeat = Ihre Gewebeprobe gab keine klare Antwort.
msg-step = Ihr Ergebnis macht einen weiteren Schritt nötig.
msg-held = Ihr Behandlungsteam prüft Ihr Ergebnis noch.

## What we saw

saw-spots = Was wir gesehen haben
    .p1 = Wir haben { $side ->
        [left] in Ihrer linken Brust
        [right] in Ihrer rechten Brust
        [bilateral] in Ihren beiden Brüsten
       *[unknown] auf Ihren Bildern
      } winzige Punkte aus Kalk gesehen. Fachleute nennen sie Verkalkungen.
saw-nothing = Was wir gesehen haben
    .p1 = Ihre Bilder sehen für uns normal aus.
saw-area = Was wir gesehen haben
    .p1 = Eine Stelle auf Ihren Bildern müssen wir genauer ansehen.
saw-held = Wie es jetzt steht
    .p1 = Wir haben Ihre Bilder und Ihren Befund. Sie werden ärztlich noch einmal angesehen.
saw-tissue = Was untersucht wurde
    .p1 = Ein Labor hat Gewebe aus Ihrer Brust untersucht.

## What it means

means-0 = Was das heißt
    .p1 = Ihre Untersuchung ist noch nicht fertig. Wir können noch nicht sagen, was wir gesehen haben.
    .p2 = Wir laden oft Menschen noch einmal ein. Das heißt nicht, dass Sie Krebs haben. Aber Sie brauchen diese Untersuchung.
means-0-PR = Was das heißt
    .p1 = Ihre Untersuchung ist noch nicht fertig. Wir wollen sehen, was sich seit den letzten Bildern verändert hat.
    .p2 = Kommen die Bilder nicht rechtzeitig, beurteilen wir Ihre Untersuchung ohne sie und schreiben Ihnen.
means-1 = Was das heißt
    .p1 = Sie brauchen jetzt keine weiteren Untersuchungen. Bitte gehen Sie weiter zur regelmäßigen Mammografie.
means-2 = Was das heißt
    .p1 = Was wir gesehen haben, ist gutartig. Das heißt: Es ist kein Krebs. Sie brauchen jetzt keine weiteren Untersuchungen.
    .p2 = Bitte gehen Sie weiter zur regelmäßigen Mammografie.
means-3 = Was das heißt
    .p1 = Wir wollen sicher sein, dass es so bleibt. Darum machen wir neue Bilder.
    .p2 = Verändert es sich, kann eine Biopsie nötig sein, eine kleine Gewebeprobe. Bitte kommen Sie zum Termin.
means-M3 = Was das heißt
    .p1 = Diese Bilder zeigen nicht, was es ist. Sie brauchen weitere Untersuchungen. Das kann eine Biopsie sein, eine kleine Gewebeprobe.
means-4 = Was das heißt
    .p1 = Bilder allein zeigen nicht, was es ist. Es kann Krebs sein oder auch nicht.
    .p2 = Eine Biopsie ist eine kleine Gewebeprobe. Meist gibt sie die Antwort. Dann prüft Ihr Behandlungsteam, ob sie zu Ihren Bildern passt.
means-4C = Was das heißt
    .p1 = Was wir gesehen haben, macht uns Sorge. Es könnte Krebs sein. Bilder allein geben keine sichere Antwort.
    .p2 = Eine Biopsie ist eine kleine Gewebeprobe. Meist gibt sie die Antwort. Bitte schieben Sie sie nicht auf.
means-5 = Was das heißt
    .p1 = Auf Ihren Bildern sieht es wie Krebs aus. Bilder allein geben keine sichere Antwort.
    .p2 = Eine Biopsie ist eine kleine Gewebeprobe. Meist gibt sie die Antwort. Bitte schieben Sie sie nicht auf. Wir begleiten Sie bei jedem Schritt.
means-6 = Was das heißt
    .p1 = Eine Biopsie hat diesen Krebs schon gezeigt. Ihr Behandlungsteam plant Ihre Behandlung mit Ihnen oder setzt sie fort.
means-P = Was das heißt
    .p1 = Ein Labor untersucht Ihr Gewebe. Das Ergebnis entscheidet, wie es weitergeht.
means-benign = Was das heißt
    .p1 = Das Gewebe ist gutartig. Das heißt: Es ist kein Krebs.
    .p2 = Ihre nächste Kontrolle bleibt wichtig.
means-benign-fits =
    .p1 = Ihr Behandlungsteam hat geprüft, dass das zu Ihren Bildern passt.
means-high-risk = Was das heißt
    .p1 = Diese Zellen sind kein Krebs. Sie können das Risiko für Krebs später erhöhen oder nahe bei Krebs liegen.
    .p2 = Darum soll eine Fachärztin oder ein Facharzt mit Ihnen über die nächsten Schritte sprechen.
means-dcis = Was das heißt
    .p1 = Die Zellen sind in den Milchgängen. Außerhalb der Gänge hat das Labor sie nicht gesehen.
    .p2 = Ein DCIS kann zusammen mit Krebs vorkommen, der weiter wächst, oder später dazu führen. Darum wird es behandelt.
means-invasive = Was das heißt
    .p1 = Das ist eine schwere Nachricht. Sie sind nicht allein. Ihr Behandlungsteam spricht bald mit Ihnen, um alles zu planen.
    .p2 = Es gibt Behandlungen für Brustkrebs. Welche zu Ihnen passt, hängt von Ihren Ergebnissen ab.
means-repeat = Was das heißt
    .p1 = Die Probe hat nicht genug gezeigt. Darum können wir noch nicht sagen, was es ist. Sie brauchen einen weiteren Schritt.
means-step = Was das heißt
    .p1 = Ihr Behandlungsteam hat Ihr Ergebnis angesehen und rät zu dem Schritt unten. Es kann Ihnen sagen, warum.
means-held = Was das heißt
    .p1 = Das ist noch kein Ergebnis. Wir wollen sicher sein, bevor wir Ihnen sagen, was zu tun ist.

## What happens next

next-held = So geht es weiter
    .p1 = Ihr Ergebnis wird ärztlich geprüft. Dann ruft Ihr Behandlungsteam Sie an oder schreibt Ihnen.
    .p2 = { $reach ->
        [phone] Sie müssen nicht auf uns warten. Bei Fragen rufen Sie uns an: { $phone }.
       *[team] Sie müssen nicht warten. Bei Fragen rufen Sie Ihr Behandlungsteam an.
      }
next-choice = Sie entscheiden
    .p1 = Sie können zu jeder Untersuchung Nein sagen. Bitte sprechen Sie vorher mit uns. Wir sagen Ihnen, was Warten bedeuten kann.

step-routine-screening = Ihre nächste regelmäßige Mammografie
    .p1 = Regelmäßige Mammografien helfen, Veränderungen früh zu finden.
step-short-interval-mammogram = Mammografie zur Kontrolle
    .p1 = Wir sehen nach, ob sich die Punkte verändert haben. Bitte kommen Sie, auch wenn es Ihnen gut geht.
step-magnification-views = Vergrößerte Röntgenbilder
    .p1 = Sie zeigen die Punkte besser als die ersten Bilder.
step-additional-views = Weitere Röntgenbilder
    .p1 = Wir müssen Ihre Brust von anderen Seiten sehen.
step-diagnostic-mammogram = Genauere Mammografie
    .p1 = Wir machen mehr Bilder von der Stelle, die wir besser sehen wollen.
step-ultrasound = Ultraschall
    .p1 = Mit Schallwellen sehen wir das Innere Ihrer Brust.
step-breast-mri = MRT der Brust
    .p1 = Ein starker Magnet macht sehr genaue Bilder Ihrer Brüste.
step-obtain-priors = Ihre früheren Brustbilder
    .p1 = Wir vergleichen sie mit den neuen. Bitte sagen Sie uns, wo sie gemacht wurden.
step-stereotactic-biopsy = Nadelbiopsie mit Röntgen
    .p1 = Wir nehmen winzige Proben von den Punkten. Ein Labor untersucht sie.
step-ultrasound-guided-biopsy = Nadelbiopsie mit Ultraschall
    .p1 = Wir nehmen winzige Proben. Ein Labor untersucht sie.
step-mri-guided-biopsy = Nadelbiopsie mit MRT
    .p1 = Wir nehmen winzige Proben. Ein Labor untersucht sie.
step-biopsy = Biopsie
    .p1 = Wir nehmen eine kleine Probe vom Gewebe. Ein Labor untersucht sie.
step-surgical-biopsy = Biopsie mit einer Operation
    .p1 = In einer Operation wird ein kleines Stück Gewebe entnommen. Ein Labor untersucht es.
step-fine-needle-aspiration = Untersuchung mit feiner Nadel
    .p1 = Mit einer feinen Nadel werden einige Zellen entnommen. Ein Labor untersucht sie.
step-clinician-call = Anruf Ihrer Ärztin oder Ihres Arztes
    .p1 = Am Telefon wird Ihnen das Ergebnis erklärt. Sie können alles fragen.
step-surgical-consult = Termin in der Brustchirurgie
    .p1 = Dort spricht man mit Ihnen über die nächsten Schritte.
step-oncology-referral = Termin beim Krebsteam
    .p1 = Das Team plant Ihre Behandlung mit Ihnen.
step-specialist-referral = Termin bei einer Fachärztin oder einem Facharzt für die Brust
    .p1 = Dort spricht man mit Ihnen über die nächsten Schritte.
step-obtain-pathology = Das Ergebnis Ihrer Gewebeprobe einholen
    .p1 = Es entscheidet, wie es weitergeht. Bitte warten Sie nicht auf die jährliche Kontrolle, bevor Ihr Behandlungsteam es gesehen hat.
step-repeat-biopsy = Noch eine Biopsie
    .p1 = Wir brauchen eine weitere Probe, um sicher zu sein.
step-discordance-review = Ihr Behandlungsteam vergleicht Ihre Ergebnisse
    .p1 = Es prüft, ob das Ergebnis aus dem Labor zu Ihren Bildern passt.
step-residual-review = Die Punkte, die noch da sind, genau ansehen
    .p1 = Einige Punkte sind noch zu sehen. Ihr Behandlungsteam entscheidet, was zu tun ist.
step-post-operative-baseline = Erste Mammografie nach der Operation
    .p1 = Sie zeigt, wie Ihre Brust jetzt aussieht. Spätere Bilder werden damit verglichen.
step-surveillance-mammogram = Mammografie zur weiteren Kontrolle
    .p1 = Sie hilft, Veränderungen früh zu finden.
step-clinical-examination = Ärztliche Untersuchung der Brust
    .p1 = Ihre Brust wird mit den Händen untersucht. Manche Veränderungen sieht man auf Bildern nicht.
step-clinical-follow-up = Termin bei Ihrer Ärztin oder Ihrem Arzt
    .p1 = Dort fragt man, wie es Ihnen geht, und untersucht Ihre Brust.
step-supplemental-mri-discussion = Hilft mir eine MRT zusätzlich zur Mammografie?
    .p1 = Manchen Menschen mit höherem Risiko kann sie helfen.
step-density-discussion = Was bedeutet dichtes Brustgewebe für mich?
    .p1 = Dichtes Gewebe ist häufig. Es kann auf der Mammografie etwas verdecken.
step-genetic-counselling = Soll ich über das Risiko in meiner Familie sprechen?
    .p1 = Manche Genveränderungen liegen in der Familie. Sie können den Plan ändern.
step-support-referral = Wer hilft mir bei meinen Sorgen?
    .p1 = Wir helfen Ihnen, jemanden zum Reden zu finden.
step-other = Ein weiterer Schritt in Ihrer Behandlung
    .p1 = Ihr Behandlungsteam erklärt ihn Ihnen.

## At the visit

visit-mammogram = So läuft die Mammografie ab
    .p1 = Ihre Brust liegt auf einer Platte und wird einige Sekunden gedrückt. Das kann unangenehm sein.
    .p2 = Planen Sie etwa 30 Minuten ein. Die Bilder werden ärztlich angesehen. Fragen Sie, wann das Ergebnis kommt.
visit-ultrasound = So läuft der Ultraschall ab
    .p1 = Sie liegen. Auf die Haut kommt ein warmes Gel, darüber ein kleiner Schallkopf. Es tut nicht weh.
visit-mri = So läuft die MRT ab
    .p1 = Sie liegen auf dem Bauch in einem lauten Gerät. Vielleicht bekommen Sie ein Mittel in eine Vene. Planen Sie etwa eine Stunde ein.
    .p2 = Sagen Sie vorher, wenn Sie Metall im Körper haben oder enge Räume fürchten.
visit-stereotactic = So läuft die Biopsie ab
    .p1 = Ihre Brust wird wie bei der Mammografie gehalten. Eine Spritze betäubt die Haut. Dann folgt ein winziger Schnitt.
    .p2 = Eine Nadel nimmt kleine Proben, und wir röntgen sie. Eine winzige Markierung bleibt in der Brust und zeigt die Stelle.
    .p3 = Planen Sie etwa eine Stunde ein. Sagen Sie uns, wenn Sie Blutverdünner nehmen. Das Labor braucht einige Tage.
visit-needle = So läuft die Biopsie ab
    .p1 = Eine Spritze betäubt die Haut. Wir finden die Stelle mit Bildern. Eine Nadel nimmt kleine Proben.
    .p2 = Planen Sie etwa eine Stunde ein. Sagen Sie uns, wenn Sie Blutverdünner nehmen. Das Labor braucht einige Tage.
visit-surgical = So läuft die Operation ab
    .p1 = Sie bekommen ein Mittel, damit Sie keinen Schmerz spüren. Dann wird das Gewebe entnommen. Meist können Sie am selben Tag nach Hause.
    .p2 = Sagen Sie uns, wenn Sie Blutverdünner nehmen. Das Labor braucht einige Tage.
visit-talk = So läuft das Gespräch ab
    .p1 = Bringen Sie Ihre Fragen mit und einen Menschen, dem Sie vertrauen. Sie können mitschreiben. Bitten Sie um Pausen.

## Good to know

what-balanced = Was sind Verkalkungen?
    .p1 = Das sind winzige Punkte aus Kalk in der Brust. Sie sind häufig, vor allem im Alter. Man spürt sie nicht, und sie tun nicht weh.
    .p2 = Die meisten sind harmlos. Manche können ein frühes Zeichen von Krebs sein. Darum sehen wir uns alle genau an.
what-open = Was sind Verkalkungen?
    .p1 = Das sind winzige Punkte aus Kalk in der Brust. Sie sind häufig, vor allem im Alter. Man spürt sie nicht, und sie tun nicht weh.
    .p2 = Manche sind harmlos. Manche können ein frühes Zeichen von Krebs sein. Eine Gewebeprobe zeigt es.
what-plain = Was sind Verkalkungen?
    .p1 = Das sind winzige Punkte aus Kalk in der Brust. Man spürt sie nicht, und sie tun nicht weh.
get-rid = Müssen die Punkte weg?
    .p1 = Die Punkte selbst müssen nicht weg. Wichtig ist, warum sie da sind.
can-it-spread = Können sich die Punkte ausbreiten?
    .p1 = Nein. Sie sind aus Mineral, wie Sandkörner. Sie wandern nicht, und aus ihnen wächst kein Krebs.
    .p2 = Sie können aber ein Zeichen von Krebs sein oder von einem DCIS, einer sehr frühen Form. Darum zählt das Ergebnis der Gewebeprobe.
cause-diffuse = Punkte in beiden Brüsten
    .p1 = Ihre Punkte sind in beiden Brüsten verteilt. Das ist häufig.
cause-vascular = Punkte in Blutgefäßen
    .p1 = Einige Ihrer Punkte sind in den Wänden von Blutgefäßen. Das ist im Alter häufig.
cause-vascular-heart = Punkte in Blutgefäßen und Ihr Herz
    .p1 = Solche Punkte können mit Herzkrankheiten zusammen vorkommen. Fragen Sie, ob Ihr Herz untersucht werden soll.
cause-skin = Punkte in der Haut
    .p1 = Einige Ihrer Punkte sind in der Haut, nicht in der Brust.
cause-coarse = Große Punkte
    .p1 = Einige Ihrer Punkte sind groß. Sie können in einem alten Knoten entstehen, der kein Krebs ist.
cause-rod = Stabförmige Punkte
    .p1 = Einige Ihrer Punkte sind in erweiterten Milchgängen. Das ist ab 60 Jahren häufig.
cause-rim = Ringförmige Punkte
    .p1 = Einige Ihrer Punkte sind rund mit heller Mitte. Sie können um eine Zyste oder nach einem Stoß entstehen.
cause-dystrophic = Punkte in einer Narbe
    .p1 = Einige Ihrer Punkte sind in einer Narbe. Sie können nach einer Operation, Bestrahlung oder Verletzung entstehen.
cause-milk = Punkte in kleinen Zysten
    .p1 = Einige Ihrer Punkte sind Kalk, der in kleinen Zysten schwimmt.
cause-suture = Punkte an Fäden
    .p1 = Einige Ihrer Punkte sind an alten Fäden einer Operation.
density-dense = Dichtes Brustgewebe
    .p1 = Ihr Brustgewebe ist dicht. Das ist häufig. Es kann auf der Mammografie etwas verdecken.
lifestyle = Gut für sich sorgen
    .p1 = Es hilft, sich viel zu bewegen, ein gesundes Gewicht zu halten, wenig Alkohol zu trinken und nicht zu rauchen. Das tut dem ganzen Körper gut.

self-awareness = Bei diesen Veränderungen bitte anrufen
    .p1 = Keine Untersuchung findet alles. Rufen Sie bald an, wenn Sie so etwas bemerken, auch nach einem guten Ergebnis:
    .i1 = ein Knoten in der Brust oder Achsel
    .i2 = rote, dicke oder eingezogene Haut
    .i3 = eine Brustwarze, die sich verändert oder nässt
    .i4 = eine Brust, deren Größe oder Form sich verändert
    .i5 = Schmerzen, die nicht weggehen

spots-no-signs =
    .p1 = Von den Kalkpunkten kommen solche Veränderungen nicht. Bitte führen Sie sie nicht darauf zurück.

copies = Ihr Befund und Ihre Bilder
    .p1 = Sie können Kopien von Ihrem Befund und Ihren Bildern bekommen. Sie können sie in jeder Praxis zeigen.
gp-copy = Ihre Hausarztpraxis
    .p1 = Wir schicken eine Kopie dieses Briefes an Ihre Hausarztpraxis.
second-opinion = Eine zweite Meinung
    .p1 = Sie können Ihr Ergebnis noch von anderen Fachleuten ansehen lassen. Viele Menschen tun das.
    .p2 = Nehmen Sie Ihre Bilder und Ihren Befund mit. Nach einer Biopsie fragen Sie auch nach den Proben aus dem Labor.
    .p3 = Bitte verschieben Sie die geplante Untersuchung deshalb nicht.
moving-abroad =
    .p1 = Wenn Sie umziehen, auch in ein anderes Land, oder die Praxis wechseln: Nehmen Sie sie mit, auch die Ergebnisse aus dem Labor.

support = Hilfe für Sie
    .p1 = Warten kann schwer sein. Sorgen sind normal. Sprechen Sie mit einem Menschen, dem Sie vertrauen.
    .p2 = { $reach ->
        [phone] Wir sind für Ihre Fragen da. Rufen Sie uns an: { $phone }.
       *[team] Ihr Behandlungsteam ist für Ihre Fragen da.
      }
support-nurse = Ihre Ansprechperson in der Pflege
    .p1 = Sie können anrufen: { $nurse }.
support-contact = Jemand zum Reden
    .p1 = Über Ihre Gefühle können Sie hier sprechen: { $contact }.
support-crisis = Wenn Sie nicht mehr weiterwissen
    .p1 = Rufen Sie sofort diese Nummer an: { $crisis }.

questions-routine = Fragen, die Sie stellen können
    .i1 = Was haben Sie auf meinen Bildern gesehen?
    .i2 = Wann ist meine nächste Mammografie?
    .i3 = Ändert meine Familiengeschichte den Plan?
    .i4 = Ist mein Brustgewebe dicht? Was heißt das für mich?
    .i5 = Bei welchen Veränderungen soll ich anrufen?
    .i6 = Wie bekomme ich Kopien meiner Bilder?
questions-recall = Fragen, die Sie stellen können
    .i1 = Was haben Sie auf meinen Bildern gesehen?
    .i2 = Warum dieser Schritt und kein anderer?
    .i3 = Wie bald soll er sein? Was, wenn ich warte?
    .i4 = Was geschieht bei dem Termin?
    .i5 = Wer sagt mir das Ergebnis, und wann?
    .i6 = Ändert meine Familiengeschichte den Plan?
    .i7 = Wie bekomme ich Kopien meiner Bilder?
questions-check = Fragen, die Sie stellen können
    .i1 = Was haben Sie auf meinen Bildern gesehen?
    .i2 = Warum prüfen wir noch einmal und machen jetzt keine Biopsie?
    .i3 = Wann sind meine nächsten Kontrollen?
    .i4 = Was, wenn sich die Punkte verändern? Was, wenn ich warte?
    .i5 = Wer sagt mir das Ergebnis, und wann?
    .i6 = Ändert meine Familiengeschichte den Plan?
    .i7 = Wie bekomme ich Kopien meiner Bilder?
questions-biopsy = Fragen, die Sie stellen können
    .i1 = Was haben Sie auf meinen Bildern gesehen?
    .i2 = Warum diese Art Biopsie und keine andere?
    .i3 = Wie bald soll sie sein? Was, wenn ich warte?
    .i4 = Wie bereite ich mich vor? Darf ich meine Medikamente nehmen?
    .i5 = Wer ruft mich mit dem Ergebnis an, und wann?
    .i6 = Was, wenn das Ergebnis nicht klar ist?
    .i7 = Ändert meine Familiengeschichte den Plan?
questions-tissue = Fragen, die Sie stellen können
    .i1 = Was hat das Labor gefunden?
    .i2 = Passt das Ergebnis zu meinen Bildern?
    .i3 = Sind noch Punkte in meiner Brust?
    .i4 = Was ist der nächste Schritt, und wann? Was, wenn ich warte?
    .i5 = Ändert meine Familiengeschichte den Plan?
    .i6 = Wen kann ich bei Fragen anrufen?
    .i7 = Kann ich meine Bilder und den Laborbefund bekommen?
questions-treatment = Fragen, die Sie stellen können
    .i1 = Was genau haben die Untersuchungen gezeigt?
    .i2 = Welche Möglichkeiten habe ich? Was raten Sie, und warum?
    .i3 = Was, wenn ich warte?
    .i4 = Was heißt jede Möglichkeit für meinen Alltag?
    .i5 = Wer leitet meine Behandlung? Wen kann ich anrufen?
    .i6 = Soll sich meine Familie untersuchen lassen?
    .i7 = Kann ich meine Bilder und den Laborbefund bekommen?
questions-held = Fragen, die Sie stellen können
    .i1 = Was wird geprüft?
    .i2 = Wann höre ich von Ihnen?
    .i3 = Wer ruft mich an?
    .i4 = Was kann ich tun, solange ich warte?
    .i5 = Wen kann ich bei Fragen anrufen?
    .i6 = Wie bekomme ich eine Kopie meines Befunds?

clinician = Wer verantwortlich ist
    .p1 = { $clinician } ist für die Beurteilung Ihrer Untersuchung verantwortlich.
language-help = Hilfe mit diesem Brief
    .p1 = Brauchen Sie diesen Brief in einer anderen Sprache, in großer Schrift oder vorgelesen? { $reach ->
        [phone] Rufen Sie uns an: { $phone }.
       *[team] Fragen Sie Ihr Behandlungsteam.
      }
interpreter-line = Dolmetschen
    .p1 = Für Hilfe beim Dolmetschen rufen Sie an: { $interpreter }.

## Numbers, always out of 100 and with both sides

number-0 = Von 100 Menschen, die wir wieder einladen, { $low ->
    [one] hat etwa { $low }
   *[other] haben etwa { $low }
  } Krebs. Etwa { $restLow } haben keinen.
number-0-words = Die meisten Menschen, die wir wieder einladen, haben keinen Krebs. Manche haben Krebs.
number-3 = Von 100 Menschen mit so einem Ergebnis haben etwa { $restLow } keinen Krebs. Etwa { $low } haben Krebs.
number-range = Von 100 Menschen mit so einem Ergebnis haben zwischen { $low } und { $high } Krebs. Zwischen { $restHigh } und { $restLow } haben keinen.
number-4 = Viele Biopsien zeigen keinen Krebs. Manche zeigen Krebs.
