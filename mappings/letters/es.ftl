### La carta en español, de usted. Quién la ha revisado está en languages.csv.

## Labels

title = Resultado de su examen de mama
dear = { $gender ->
    [female] Estimada { $name }:
    [male] Estimado { $name }:
   *[unknown] Hola, { $name }:
  }
dear-unknown = Hola:
label-name = Nombre:
label-number = Número de paciente:
label-exam = Fecha del examen:
label-side = Lado:
label-when = Cuándo:
label-who = Quién llama:
label-steps = Qué sigue ahora
label-talk = Hable también con nosotros sobre esto
label-more = Más información
label-page = Carta para { $name }
side-left = mama izquierda
side-right = mama derecha
side-bilateral = las dos mamas
quadrant-upper-outer = parte de arriba, hacia fuera
quadrant-upper-inner = parte de arriba, hacia dentro
quadrant-lower-outer = parte de abajo, hacia fuera
quadrant-lower-inner = parte de abajo, hacia dentro
quadrant-upper = parte de arriba
quadrant-lower = parte de abajo
quadrant-inner = parte de dentro
quadrant-outer = parte de fuera
quadrant-subareolar = detrás del pezón
quadrant-clock = { $clock ->
    [one] a la { $clock } del reloj
   *[other] a las { $clock } del reloj
  }, como lo ve su médico de frente
step-with-side = { $first }: { $second }
line = { $first }: { $second }
place-with-side = { $first }, { $second }

## Notices for the people who check the letter

notice-draft = BORRADOR - sin autorizar, no se debe entregar a la persona
notice-held = RETENIDA - un médico debe revisarla antes, no se debe entregar a la persona
notice-refused = RECHAZADA - esta carta no se puede hacer todavía, no se debe entregar a la persona
notice-missing = Falta: { $first }
notice-example = Los datos de contacto son ejemplos. Ponga antes los de su centro.
notice-deadline = Esta carta debe llegar a la persona a más tardar el { $date }.
notice-for = Para el equipo médico: { $first }
review-needed = revisada por programa, falta la revisión de una persona
review-done = revisada por { $first } el { $date }
interpreter-needed = Esta carta está en español. Usted puede pedir un intérprete.

## When and who

when-by = A más tardar el { $due }
when-around = Alrededor del { $due }
when-soon = Lo antes posible
when-then = después, alrededor del { $dates }
when-series = { $first }; { $second }
when-confirm = Su equipo médico le confirmará la fecha.
who-schedule = { $reach ->
    [phone] Le llamaremos para darle una cita. ¿No le hemos llamado? Llámenos al { $phone }.
   *[team] Su equipo médico le llamará para darle una cita. ¿No le han llamado? Llámeles usted.
  }
who-routine = { $reach ->
    [phone] Le diremos cómo pedir su cita. ¿Tiene preguntas? Llámenos al { $phone }.
   *[team] Su equipo médico le dirá cómo pedir su cita.
  }
who-patient = { $reach ->
    [phone] Por favor, llámenos al { $phone } para pedir una cita.
   *[team] Por favor, llame a su equipo médico para pedir una cita.
  }
who-team = { $reach ->
    [phone] Nosotros lo hacemos y le avisamos. ¿Tiene preguntas? Llámenos al { $phone }.
   *[team] Su equipo médico lo hace y le avisa.
  }
who-doctor = { $reach ->
    [phone] Su médico le llamará. ¿No le ha llamado? Llámenos al { $phone }.
   *[team] Su médico le llamará. ¿No le ha llamado? Llame a su equipo médico.
  }
choose-between = Su equipo médico elegirá con usted entre estas opciones: { $first }.

## Pictures

picture-place = Dónde está el punto
picture-place-caption = Más o menos aquí, como se ve usted en un espejo: { $first }.
picture-left = Su izquierda
picture-right = Su derecha
picture-times = Qué pasa y cuándo
picture-times-exam = Su examen
picture-number = 100 puntos son 100 personas. { $low } están llenos: son personas que tienen cáncer. Las otras { $restLow } no lo tienen.

## The main message

msg-0 = Necesitamos más imágenes para terminar su examen.
msg-0-PR = Necesitamos sus imágenes anteriores para terminar su examen.
msg-1 = No vimos ninguna señal de cáncer en su examen.
msg-2 = No vimos ninguna señal de cáncer en su examen.
msg-3 = Muy probablemente no es cáncer. Lo miraremos otra vez.
msg-M3 = Vimos algo que necesita más pruebas.
msg-4 = Necesita una biopsia para saber qué es lo que vimos.
msg-4C = Necesita una biopsia pronto para saber qué es lo que vimos.
msg-5 = Necesita una biopsia pronto. Lo que vimos podría ser cáncer.
msg-6 = Su examen muestra el cáncer que su equipo médico ya conoce.
msg-P = Estamos esperando el resultado de su prueba de tejido.
msg-benign = Su prueba de tejido no encontró cáncer.
msg-high-risk = Su prueba de tejido encontró células que hay que estudiar mejor.
msg-dcis = Su prueba de tejido encontró CDIS, una forma muy temprana de cáncer de mama.
msg-invasive = Su prueba de tejido encontró cáncer de mama.
msg-malignant = Su prueba de tejido encontró células de cáncer.
msg-repeat = Su prueba de tejido no dio una respuesta clara.
msg-step = Su resultado pide un paso más.
msg-held = Su equipo médico todavía está revisando su resultado.

## What we saw

saw-spots = Qué vimos
    .p1 = Vimos puntos muy pequeños de calcio { $side ->
        [left] en su mama izquierda
        [right] en su mama derecha
        [bilateral] en sus dos mamas
       *[unknown] en sus imágenes
      }. Los médicos los llaman calcificaciones.
saw-nothing = Qué vimos
    .p1 = Sus imágenes nos parecen normales.
saw-area = Qué vimos
    .p1 = Hay una zona en sus imágenes que debemos mirar mejor.
saw-held = Cómo está su caso
    .p1 = Tenemos sus imágenes y su informe. Sus médicos quieren mirarlos una vez más.
saw-tissue = Qué estudiamos
    .p1 = Un laboratorio estudió tejido de su mama.

## What it means

means-0 = Qué significa
    .p1 = Su examen no está terminado. Todavía no podemos decir qué es lo que vimos.
    .p2 = Es común volver a llamar a una persona. No significa que tenga cáncer. Sí significa que necesita esta prueba.
means-0-PR = Qué significa
    .p1 = Su examen no está terminado. Queremos ver qué ha cambiado desde sus últimas imágenes.
    .p2 = Si no las recibimos a tiempo, leeremos su examen sin ellas y le escribiremos.
means-1 = Qué significa
    .p1 = Ahora no necesita más pruebas. Por favor, siga con sus mamografías de rutina.
means-2 = Qué significa
    .p1 = Lo que vimos es benigno. Eso quiere decir que no es cáncer. Ahora no necesita más pruebas.
    .p2 = Por favor, siga con sus mamografías de rutina.
means-3 = Qué significa
    .p1 = Queremos estar seguros de que sigue igual. Por eso haremos imágenes nuevas.
    .p2 = Si cambia, puede hacer falta una biopsia, una pequeña prueba de tejido. Por favor, venga a su cita.
means-M3 = Qué significa
    .p1 = Estas imágenes no nos dicen qué es. Necesita más pruebas. Puede ser una biopsia, una pequeña prueba de tejido.
means-4 = Qué significa
    .p1 = Las imágenes solas no muestran qué es. Puede ser cáncer o puede no serlo.
    .p2 = Una biopsia es una pequeña prueba de tejido. Casi siempre da la respuesta. Luego su equipo médico revisa que coincida con sus imágenes.
means-4C = Qué significa
    .p1 = Nos preocupa lo que vimos. Podría ser cáncer. Las imágenes solas no lo dicen con certeza.
    .p2 = Una biopsia es una pequeña prueba de tejido. Casi siempre da la respuesta. Por favor, no la deje para más tarde.
means-5 = Qué significa
    .p1 = En sus imágenes parece cáncer. Las imágenes solas no lo dicen con certeza.
    .p2 = Una biopsia es una pequeña prueba de tejido. Casi siempre da la respuesta. Por favor, no la deje para más tarde. Estaremos con usted en cada paso.
means-6 = Qué significa
    .p1 = Una biopsia ya mostró este cáncer. Su equipo médico planeará su tratamiento con usted, o seguirá con él.
means-P = Qué significa
    .p1 = Un laboratorio está estudiando su tejido. El resultado del laboratorio decide qué sigue.
means-benign = Qué significa
    .p1 = El tejido es benigno. Eso quiere decir que no es cáncer.
    .p2 = Su próximo control sigue siendo importante.
means-benign-fits =
    .p1 = Su equipo médico revisó que esto coincide con sus imágenes.
means-high-risk = Qué significa
    .p1 = Estas células no son cáncer. Pueden aumentar la posibilidad de cáncer más adelante, o estar cerca de él.
    .p2 = Por eso un especialista debe hablar con usted sobre qué sigue.
means-dcis = Qué significa
    .p1 = Las células están dentro de los conductos de la leche. La prueba no las vio fuera de los conductos.
    .p2 = El CDIS puede venir junto con un cáncer que crece más, o llevar a él más tarde. Por eso se trata.
means-invasive = Qué significa
    .p1 = Es una noticia dura. Le acompañaremos. Su equipo médico le verá pronto para planear su cuidado.
    .p2 = Hay tratamientos para el cáncer de mama. Cuál le conviene depende de los resultados de sus pruebas.
means-repeat = Qué significa
    .p1 = La muestra no mostró lo suficiente. Por eso todavía no podemos decir qué es. Necesita un paso más.
means-step = Qué significa
    .p1 = Su equipo médico vio su resultado y aconseja el paso de abajo. Le puede explicar por qué.
means-held = Qué significa
    .p1 = Esto no es un resultado todavía. Sus médicos quieren estar seguros antes de decirle qué hacer.

## What happens next

next-held = Qué sigue ahora
    .p1 = Sus médicos revisarán su resultado. Después, su equipo médico le llamará o le escribirá.
    .p2 = { $reach ->
        [phone] No tiene que esperarnos. Si tiene preguntas, llámenos al { $phone }.
       *[team] No tiene que esperarnos. Si tiene preguntas, llame a su equipo médico.
      }
next-choice = Usted decide
    .p1 = Puede decir que no a cualquier prueba. Por favor, hable antes con nosotros. Le diremos qué podría pasar si espera.

step-routine-screening = Su próxima mamografía de rutina
    .p1 = Las mamografías regulares ayudan a encontrar cambios a tiempo.
step-short-interval-mammogram = Mamografía de control
    .p1 = Miramos si los puntos han cambiado. Venga aunque se sienta bien.
step-magnification-views = Imágenes ampliadas con rayos X
    .p1 = Muestran los puntos mejor que las primeras imágenes.
step-additional-views = Más imágenes de rayos X
    .p1 = Necesitamos ver su mama desde otros lados.
step-diagnostic-mammogram = Mamografía más detallada
    .p1 = Hacemos más imágenes de la parte que queremos ver mejor.
step-ultrasound = Ecografía (ultrasonido)
    .p1 = Con ondas de sonido se ve el interior de su mama.
step-breast-mri = Resonancia magnética de mama
    .p1 = Un imán fuerte hace imágenes muy detalladas de sus mamas.
step-obtain-priors = Sus imágenes anteriores de mama
    .p1 = Las vamos a comparar con las nuevas. Por favor, díganos dónde se las hicieron.
step-stereotactic-biopsy = Biopsia con aguja guiada por rayos X
    .p1 = Un médico toma muestras muy pequeñas de los puntos. Un laboratorio las estudia.
step-ultrasound-guided-biopsy = Biopsia con aguja guiada por ecografía
    .p1 = Un médico toma muestras muy pequeñas. Un laboratorio las estudia.
step-mri-guided-biopsy = Biopsia con aguja guiada por resonancia
    .p1 = Un médico toma muestras muy pequeñas. Un laboratorio las estudia.
step-biopsy = Biopsia
    .p1 = Un médico toma una pequeña muestra de tejido. Un laboratorio la estudia.
step-surgical-biopsy = Biopsia con cirugía
    .p1 = Un cirujano saca un pequeño trozo de tejido. Un laboratorio lo estudia.
step-fine-needle-aspiration = Prueba con aguja fina
    .p1 = Un médico toma unas pocas células con una aguja fina. Un laboratorio las estudia.
step-clinician-call = Llamada con su médico
    .p1 = Su médico le explicará el resultado y contestará sus preguntas.
step-surgical-consult = Cita con cirugía de mama
    .p1 = Le explicarán qué se puede hacer ahora.
step-oncology-referral = Cita con el equipo que trata el cáncer
    .p1 = Planearán su tratamiento con usted.
step-specialist-referral = Cita con un especialista de mama
    .p1 = Hablará con usted sobre qué se puede hacer ahora.
step-obtain-pathology = Pedir el resultado de su prueba de tejido
    .p1 = Decide qué sigue. Por favor, no espere al control de cada año antes de que su equipo médico lo haya visto.
step-repeat-biopsy = Otra biopsia
    .p1 = Necesitamos una muestra más para estar seguros.
step-discordance-review = Su equipo médico compara sus resultados
    .p1 = Miran si el resultado del laboratorio coincide con sus imágenes.
step-residual-review = Mirar de cerca los puntos que quedan
    .p1 = Todavía se ven algunos puntos. Su equipo médico decidirá qué hacer con ellos.
step-post-operative-baseline = Primera mamografía después de la cirugía
    .p1 = Muestra cómo está su mama ahora. Las imágenes de más tarde se comparan con ella.
step-surveillance-mammogram = Mamografía de seguimiento
    .p1 = Ayuda a encontrar cambios a tiempo.
step-clinical-examination = Examen de las mamas por su médico
    .p1 = Su médico le revisa las mamas con las manos. Algunos cambios no se ven en las imágenes.
step-clinical-follow-up = Cita con su médico
    .p1 = Su médico le preguntará cómo está y le revisará las mamas.
step-supplemental-mri-discussion = ¿Me ayudaría una resonancia, además de la mamografía?
    .p1 = Puede ayudar a algunas personas con más riesgo.
step-density-discussion = ¿Qué significa para mí tener mamas densas?
    .p1 = El tejido denso es común. Puede tapar cosas en una mamografía.
step-genetic-counselling = ¿Debo ver a un experto en riesgo familiar?
    .p1 = Algunos cambios en los genes vienen de familia y cambian el plan.
step-support-referral = ¿Quién me puede ayudar con mis preocupaciones?
    .p1 = Le podemos ayudar a encontrar a alguien con quien hablar.
step-other = Un paso más en su cuidado
    .p1 = Su equipo médico se lo explicará.

## At the visit

visit-mammogram = Qué pasa en la mamografía
    .p1 = Una persona técnica pone su mama sobre una placa y la aprieta unos segundos. Puede ser molesto.
    .p2 = Calcule unos 30 minutos. Un médico lee las imágenes. Pregunte cuándo tendrá el resultado.
visit-ultrasound = Qué pasa en la ecografía
    .p1 = Usted se acuesta. Le ponen gel tibio en la piel y mueven un pequeño aparato por encima. No duele.
visit-mri = Qué pasa en la resonancia
    .p1 = Usted se acuesta boca abajo en una máquina que hace ruido. Puede que le pongan un líquido en una vena. Calcule una hora.
    .p2 = Díganos antes si tiene metal en el cuerpo o si le dan miedo los lugares cerrados.
visit-stereotactic = Qué pasa en la biopsia
    .p1 = Su mama se sujeta como en una mamografía. Le ponen una inyección para adormecer la piel. Luego el médico hace un corte muy pequeño.
    .p2 = Una aguja toma muestras pequeñas y les hacemos rayos X. Queda una marca muy pequeña en su mama para señalar el lugar.
    .p3 = Calcule una hora. Díganos si toma anticoagulantes, medicinas que hacen la sangre más líquida. El laboratorio necesita unos días.
visit-needle = Qué pasa en la biopsia
    .p1 = Le ponen una inyección para adormecer la piel. Buscamos el lugar con imágenes. Una aguja toma muestras pequeñas.
    .p2 = Calcule una hora. Díganos si toma anticoagulantes, medicinas que hacen la sangre más líquida. El laboratorio necesita unos días.
visit-surgical = Qué pasa en la cirugía
    .p1 = Le dan medicina para que no sienta dolor. El cirujano saca el tejido. Casi siempre podrá volver a casa el mismo día.
    .p2 = Díganos si toma anticoagulantes, medicinas que hacen la sangre más líquida. El laboratorio necesita unos días.
visit-talk = Qué pasa en la consulta
    .p1 = Traiga sus preguntas y a una persona de confianza. Puede tomar notas. Pida una pausa si la necesita.

## Good to know

what-balanced = ¿Qué son las calcificaciones?
    .p1 = Son puntos muy pequeños de calcio en la mama. Son comunes, y más con la edad. No se notan al tocar y no duelen.
    .p2 = La mayoría no hace daño. Algunas pueden ser una señal temprana de cáncer. Por eso miramos cada una con cuidado.
what-open = ¿Qué son las calcificaciones?
    .p1 = Son puntos muy pequeños de calcio en la mama. Son comunes, y más con la edad. No se notan al tocar y no duelen.
    .p2 = Algunas no hacen daño. Otras pueden ser una señal temprana de cáncer. Una prueba de tejido lo muestra.
what-plain = ¿Qué son las calcificaciones?
    .p1 = Son puntos muy pequeños de calcio en la mama. No se notan al tocar y no duelen.
get-rid = ¿Hay que quitar los puntos?
    .p1 = No hace falta quitar los puntos. Lo que importa es por qué están ahí.
can-it-spread = ¿Se pueden extender los puntos?
    .p1 = No. Son mineral, como granos de arena. No se mueven y no se vuelven cáncer.
    .p2 = Pero pueden ser una señal de cáncer o de CDIS, una forma muy temprana. Por eso importa el resultado del tejido.
cause-diffuse = Puntos en las dos mamas
    .p1 = Sus puntos están repartidos por las dos mamas. Es algo común.
cause-vascular = Puntos en los vasos de la sangre
    .p1 = Algunos de sus puntos están en la pared de los vasos de la sangre. Es común con la edad.
cause-vascular-heart = Puntos en los vasos de la sangre y su corazón
    .p1 = Estos puntos pueden ir junto con enfermedades del corazón. Pregunte a su médico si debe revisar su corazón.
cause-skin = Puntos en la piel
    .p1 = Algunos de sus puntos están en la piel, no dentro de la mama.
cause-coarse = Puntos grandes
    .p1 = Algunos de sus puntos son grandes. Se pueden formar en un bulto antiguo que no es cáncer.
cause-rod = Puntos en forma de bastón
    .p1 = Algunos de sus puntos están en conductos de leche anchos. Es común después de los 60 años.
cause-rim = Puntos en forma de anillo
    .p1 = Algunos de sus puntos son redondos y claros por dentro. Se pueden formar alrededor de un quiste o después de un golpe.
cause-dystrophic = Puntos en una cicatriz
    .p1 = Algunos de sus puntos están en una cicatriz. Se pueden formar después de una cirugía, de radiación o de un golpe.
cause-milk = Puntos en quistes pequeños
    .p1 = Algunos de sus puntos son calcio que flota en quistes pequeños.
cause-suture = Puntos alrededor de una costura
    .p1 = Algunos de sus puntos están alrededor del hilo de una cirugía de antes.
density-dense = Mamas densas
    .p1 = El tejido de sus mamas es denso. Es común. Puede tapar cosas en una mamografía.
lifestyle = Cuidarse
    .p1 = Ayuda moverse a menudo, tener un peso sano, tomar poco alcohol y no fumar. Es bueno para todo el cuerpo.

self-awareness = Cambios por los que debe llamar
    .p1 = Ninguna prueba lo encuentra todo. Por eso, llámenos pronto si nota algo de esto, también después de un buen resultado:
    .i1 = un bulto en la mama o en la axila
    .i2 = piel roja, gruesa o con hoyuelos
    .i3 = un pezón que cambia o que suelta líquido
    .i4 = una mama que cambia de tamaño o de forma
    .i5 = un dolor que no se va

spots-no-signs =
    .p1 = Los puntos de calcio no causan estos cambios. Por favor, no piense que se deben a los puntos.

copies = Su informe y sus imágenes
    .p1 = Puede pedir copias de su informe y de sus imágenes. Las puede enseñar a cualquier médico.
gp-copy = Su médico de familia
    .p1 = Enviamos una copia de esta carta a su médico de familia.
second-opinion = Una segunda opinión
    .p1 = Puede pedir a otro médico que mire su resultado. Mucha gente lo hace.
    .p2 = Lleve sus imágenes y su informe. Si le hicieron una biopsia, pida también las muestras del laboratorio.
    .p3 = Por favor, no retrase la prueba que le aconsejamos mientras espera.
moving-abroad =
    .p1 = Si se muda, también a otro país, o cambia de médico, llévelas con usted, junto con los resultados del laboratorio.

support = Apoyo para usted
    .p1 = Esperar puede ser difícil. Es normal sentir preocupación. Hable con alguien de confianza.
    .p2 = { $reach ->
        [phone] Estamos aquí para sus preguntas. Llámenos al { $phone }.
       *[team] Su equipo médico está aquí para sus preguntas.
      }
support-nurse = Su enfermera de la unidad de mama
    .p1 = Puede llamar a: { $nurse }.
support-contact = Alguien con quien hablar
    .p1 = Puede hablar sobre cómo se siente con: { $contact }.
support-crisis = Si siente que no puede más
    .p1 = Llame enseguida a este número: { $crisis }.

questions-routine = Preguntas que puede hacer
    .i1 = ¿Qué vieron en mis imágenes?
    .i2 = ¿Cuándo es mi próxima mamografía?
    .i3 = ¿Cambia el plan por la historia de mi familia?
    .i4 = ¿Es denso el tejido de mis mamas? ¿Qué significa para mí?
    .i5 = ¿Por qué cambios debo llamar?
    .i6 = ¿Cómo consigo copias de mis imágenes?
questions-recall = Preguntas que puede hacer
    .i1 = ¿Qué vieron en mis imágenes?
    .i2 = ¿Por qué necesito este paso y no otro?
    .i3 = ¿Cuándo se debe hacer? ¿Y si espero?
    .i4 = ¿Qué pasará en la cita?
    .i5 = ¿Quién me dirá el resultado, y cuándo?
    .i6 = ¿Cambia el plan por la historia de mi familia?
    .i7 = ¿Cómo consigo copias de mis imágenes?
questions-check = Preguntas que puede hacer
    .i1 = ¿Qué vieron en mis imágenes?
    .i2 = ¿Por qué miramos otra vez y no hacemos una biopsia ahora?
    .i3 = ¿Cuándo son mis próximos controles?
    .i4 = ¿Y si los puntos cambian? ¿Y si espero?
    .i5 = ¿Quién me dirá el resultado, y cuándo?
    .i6 = ¿Cambia el plan por la historia de mi familia?
    .i7 = ¿Cómo consigo copias de mis imágenes?
questions-biopsy = Preguntas que puede hacer
    .i1 = ¿Qué vieron en mis imágenes?
    .i2 = ¿Por qué este tipo de biopsia y no otro?
    .i3 = ¿Cuándo se debe hacer? ¿Y si espero?
    .i4 = ¿Cómo me preparo? ¿Puedo tomar mis medicinas?
    .i5 = ¿Quién me llama con el resultado, y cuándo?
    .i6 = ¿Y si el resultado no es claro?
    .i7 = ¿Cambia el plan por la historia de mi familia?
questions-tissue = Preguntas que puede hacer
    .i1 = ¿Qué encontró el laboratorio?
    .i2 = ¿Coincide el resultado con mis imágenes?
    .i3 = ¿Quedan puntos en mi mama?
    .i4 = ¿Cuál es el siguiente paso, y cuándo? ¿Y si espero?
    .i5 = ¿Cambia el plan por la historia de mi familia?
    .i6 = ¿A quién llamo si tengo preguntas?
    .i7 = ¿Puedo tener mis imágenes y el informe del laboratorio?
questions-treatment = Preguntas que puede hacer
    .i1 = ¿Qué encontraron las pruebas?
    .i2 = ¿Qué opciones tengo? ¿Qué me aconsejan, y por qué?
    .i3 = ¿Qué pasa si espero?
    .i4 = ¿Qué cambia cada opción en mi vida diaria?
    .i5 = ¿Quién dirige mi cuidado? ¿A quién llamo?
    .i6 = ¿Debe mi familia hacerse pruebas?
    .i7 = ¿Puedo tener mis imágenes y el informe del laboratorio?
questions-held = Preguntas que puede hacer
    .i1 = ¿Qué están revisando?
    .i2 = ¿Cuándo me dirán algo?
    .i3 = ¿Quién me llamará?
    .i4 = ¿Qué puedo hacer mientras espero?
    .i5 = ¿A quién llamo si tengo preguntas?
    .i6 = ¿Cómo consigo una copia de mi informe?

clinician = Quién es responsable
    .p1 = { $clinician } es responsable de leer su examen.
language-help = Ayuda con esta carta
    .p1 = ¿Necesita esta carta en otro idioma, con letra grande o leída en voz alta? { $reach ->
        [phone] Llámenos al { $phone }.
       *[team] Pregunte a su equipo médico.
      }
interpreter-line = Intérprete
    .p1 = Llame al { $interpreter } para tener un intérprete.

## Numbers, always out of 100 and with both sides

number-0 = De 100 personas que volvemos a llamar, cerca de { $low } { $low ->
    [one] tiene
   *[other] tienen
  } cáncer. Cerca de { $restLow } no lo tienen.
number-0-words = La mayoría de las personas que volvemos a llamar no tiene cáncer. Algunas sí.
number-3 = De 100 personas con un resultado como este, cerca de { $restLow } no tienen cáncer. Cerca de { $low } sí.
number-range = De 100 personas con un resultado como este, entre { $low } y { $high } tienen cáncer. Entre { $restHigh } y { $restLow } no lo tienen.
number-4 = Muchas biopsias no muestran cáncer. Algunas sí.
